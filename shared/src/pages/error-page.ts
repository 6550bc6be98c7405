import escapeHtml from 'escape-html';
import type { Language } from '../time/write-time.js';
import { openPage } from './layout.js';
import { paragraph, rows } from './parts.js';

interface ErrorText {
  readonly title: string;
  readonly said: string;
}

const EN = {
  requestId: 'Reference number',
  contact: 'If you need help, please contact us and mention this number.',
  again: 'Try again',
  status: 'Check the status of a repair',
  start: 'Go to the start page',
  texts: {
    link: {
      title: 'This link no longer works',
      said: 'The link has expired, has been used, or was not copied in full. Please ask us for a new one.',
    },
    signIn: { title: 'Please sign in', said: 'This page is only for people who are signed in.' },
    forbidden: {
      title: 'You cannot open this page',
      said: 'Your account has no access to it. If you think you should have access, please contact us.',
    },
    missing: { title: 'Page not found', said: 'There is nothing at this address. Please check that the link was copied in full.' },
    tooMany: { title: 'Too many requests', said: 'There have been too many requests in a short time. Please wait a moment and try again.' },
    away: { title: 'Back in a moment', said: 'Part of our system is not available right now. Please try again in a moment.' },
    ours: { title: 'Something went wrong', said: 'Something went wrong on our side, and we are sorry. Please try again in a moment.' },
    refused: { title: 'This did not work', said: 'We could not do what you asked for. Please go back and try again, or contact us.' },
  },
};
type Words = typeof EN;
type Kind = keyof Words['texts'];

const IT: Words = {
  requestId: 'Numero di riferimento',
  contact: 'Se Le serve aiuto, ci contatti e indichi questo numero.',
  again: 'Riprova',
  status: 'Controlla lo stato di una riparazione',
  start: 'Vai alla pagina iniziale',
  texts: {
    link: {
      title: 'Questo link non funziona più',
      said: 'Il link è scaduto, è già stato usato o non è stato copiato per intero. Ce ne chieda uno nuovo.',
    },
    signIn: { title: 'Accesso richiesto', said: 'Per vedere questa pagina occorre accedere con il proprio account.' },
    forbidden: { title: 'Non può aprire questa pagina', said: 'Il Suo account non ha accesso. Se ritiene di doverlo avere, ci contatti.' },
    missing: { title: 'Pagina non trovata', said: 'A questo indirizzo non c’è nulla. Verifichi che il link sia stato copiato per intero.' },
    tooMany: { title: 'Troppe richieste', said: 'Sono arrivate troppe richieste in poco tempo. Attenda un momento e riprovi.' },
    away: { title: 'Torniamo subito', said: 'Una parte del nostro sistema al momento non è disponibile. Riprovi tra poco.' },
    ours: { title: 'Qualcosa è andato storto', said: 'Si è verificato un problema da parte nostra e ce ne scusiamo. Riprovi tra poco.' },
    refused: {
      title: 'Operazione non riuscita',
      said: 'Non è stato possibile fare quanto richiesto. Torni indietro e riprovi, oppure ci contatti.',
    },
  },
};

const BY_STATUS: Readonly<Record<number, Kind>> = {
  401: 'signIn',
  403: 'forbidden',
  404: 'missing',
  429: 'tooMany',
  500: 'ours',
  503: 'away',
  504: 'away',
};

export interface ShownError {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly language: Language;
  /** A GET may be tried again at the same address; of anything else the browser's own way back is safer. */
  readonly canRetry: boolean;
}

const textOf = ({ texts }: Words, { status, code }: ShownError): ErrorText =>
  texts[code === 'LINK_NOT_VALID' ? 'link' : (BY_STATUS[status] ?? 'refused')];

const link = (href: string, said: string): string => `<p><a href="${href}">${escapeHtml(said)}</a></p>`;

/**
 * What a browser shows instead of a problem document: what happened, the number that finds it in the log, and a way on. It
 * names no company, because a gateway knows none; and it quotes nothing of the request.
 */
export const errorPage = (error: ShownError): string => {
  const words = error.language === 'it' ? IT : EN;
  const { title, said } = textOf(words, error);
  const mayPass = error.canRetry && (error.status === 429 || error.status >= 500);
  const content =
    paragraph(said, 'said fault') +
    (mayPass ? link('', words.again) : '') +
    link('/repair-status', words.status) +
    link('/', words.start) +
    (error.requestId === '' ? '' : paragraph(words.contact) + rows([[words.requestId, error.requestId]]));
  return openPage({ language: error.language, brand: { company: '' } }, title, content);
};
