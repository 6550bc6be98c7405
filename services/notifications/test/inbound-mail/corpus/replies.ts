/** Replies as programs write them above the mail that they answer: in each, only the first paragraph is new. */
export const TOP_POSTED: Readonly<Record<string, { readonly body: string; readonly shown: string }>> = {
  'English, Gmail': {
    body: 'Thanks, it prints again.\n\nOn Mon, 2 Mar 2026 at 10:00, Riparo <desk@riparo.test> wrote:\n\n> Hello Rosa,\n> we have cleaned it.\n',
    shown: 'Thanks, it prints again.',
  },
  'Italian, Gmail': {
    body: 'Grazie, adesso stampa.\n\nIl giorno lun 2 mar 2026 alle ore 10:00 Riparo <desk@riparo.test> ha scritto:\n\n> Ciao Rosa,\n> pulita.\n',
    shown: 'Grazie, adesso stampa.',
  },
  'German, Thunderbird': {
    body: 'Danke, er druckt wieder.\n\nAm 02.03.26 um 10:00 schrieb Riparo:\n> Hallo Rosa,\n> gereinigt.\n',
    shown: 'Danke, er druckt wieder.',
  },
  'French, Gmail': {
    body: 'Merci, elle imprime.\n\nLe lun. 2 mars 2026 à 10:00, Riparo <desk@riparo.test> a écrit :\n\n> Bonjour Rosa,\n> nettoyée.\n',
    shown: 'Merci, elle imprime.',
  },
  'Spanish, Gmail': {
    body: 'Gracias, ya imprime.\n\nEl lun, 2 mar 2026 a las 10:00, Riparo (<desk@riparo.test>) escribió:\n\n> Hola Rosa,\n> limpia.\n',
    shown: 'Gracias, ya imprime.',
  },
  'Portuguese, Gmail': {
    body: 'Obrigada, já imprime.\n\nEm seg., 2 de mar. de 2026 às 10:00, Riparo <desk@riparo.test> escreveu:\n\n> Olá Rosa,\n> limpa.\n',
    shown: 'Obrigada, já imprime.',
  },
  'English, Outlook': {
    body: 'Thanks.\n\nFrom: Riparo <desk@riparo.test>\nSent: Monday, March 2, 2026 10:00 AM\nTo: Rosa <rosa@customer.test>\nSubject: RE: the printer\n\nHello Rosa,\nwe have cleaned it.\n',
    shown: 'Thanks.',
  },
  'German, Outlook': {
    body: 'Danke.\n\nVon: Riparo <desk@riparo.test>\nGesendet: Montag, 2. März 2026 10:00\nAn: Rosa <rosa@customer.test>\nBetreff: AW: der Drucker\n\nHallo Rosa,\n',
    shown: 'Danke.',
  },
  'Italian, Outlook': {
    body: 'Grazie.\n\nDa: Riparo <desk@riparo.test>\nInviato: lunedì 2 marzo 2026 10:00\nA: Rosa <rosa@customer.test>\nOggetto: R: la stampante\n\nCiao Rosa,\n',
    shown: 'Grazie.',
  },
  'with a signature': {
    body: 'It still prints stripes.\n\n-- \nRosa Bianchi\nStudio Verdi, +39 051 123456\n',
    shown: 'It still prints stripes.',
  },
  'from a phone': {
    body: 'Va bene domani.\n\nInviato da iPhone\n\n> Il giorno 2 mar 2026, alle ore 10:00, Riparo <desk@riparo.test> ha scritto:\n> \n> Ciao Rosa\n',
    shown: 'Va bene domani.',
  },
};

/** Answers between the questions: the questions stay. */
export const INLINE =
  'Hi, see below.\n\nOn Mon, 2 Mar 2026 at 10:00, Riparo <desk@riparo.test> wrote:\n> Which model is it?\n\nXPS 13\n\n> Since when?\n\nMonday\n';

/** Passed on with one line above. */
export const FORWARDED =
  'Can you help with this?\n\n---------- Forwarded message ---------\nFrom: Luca <luca@customer.test>\nDate: Mon, 2 Mar 2026 at 09:00\nSubject: paper jam\nTo: <rosa@customer.test>\n\nThe tray is broken.\n';

export const AWAY: Readonly<Record<string, string>> = {
  English: 'Out of Office: the printer',
  Italian: 'Risposta automatica: la stampante',
  German: 'Automatische Antwort: der Drucker',
  French: 'Réponse automatique : imprimante',
  Spanish: 'Respuesta automática: la impresora',
};
