import { spansOf, type PersonalRule } from './span.js';

const SECRET =
  'pass ?words?|pass|passwd|passwort|pwd|psw|pass ?code|pass ?phrase|parola (?:chiave|d.ordine)|codice (?:di )?(?:sblocco|accesso|pin)|unlock code|puk|pin(?: code)?|credenziali|credentials|passw|pw';
const WHO = 'user ?names?|user ?id|nome utente|login|log-in|account|utente|user|accesso|apple ?id|id apple|nickname';
const OF = '(?:\\s(?:del|dell.|della|di|of|for|per|al|to)(?:\\s?\\p{L}+){1,3})?';
const before = '(?<![\\p{L}\\p{N}_])';
/** Not what stands in its place already. */
const VALUE = '(?!\\[)[^\\s,;"“”«»]{2,64}';

/** "password: hunter2", "pwd=hunter2", "password \"two words\"", "PIN: 1234" */
const MARKED = new RegExp(`${before}(?:${SECRET})${OF}\\s*(?:[:=]|->|→)\\s*["“'«]?(?<it>${VALUE})`, 'giu');
const QUOTED = new RegExp(`${before}(?:${SECRET})${OF}\\s*(?:[:=]|is|è|era|was)?\\s*["“«](?<it>[^"”»\\n]{2,64})`, 'giu');
/** "password is Summer2024!", "la password è pippo123", "password Pippo123": with a digit or sign in it, as no common word has. */
const SAID = new RegExp(
  `${before}(?:${SECRET})${OF}\\s+(?:(?:is|was|è|era|e'|to|in)\\s+)?(?:now\\s+|ora\\s+)?["“'«]?(?<it>(?=[^\\s]*\\d)(?=[^\\s]*[\\p{L}!?#$%&*@_])${VALUE})`,
  'giu',
);
const PIN = new RegExp(
  `${before}(?:pin|puk|codice (?:di )?(?:sblocco|accesso)|pass ?code|unlock code|codice)(?: code)?${OF}\\s*(?:is|è|:|=|era|was)\\s*(?<it>\\d{4,8})(?!\\d)`,
  'giu',
);
const BARE_PIN = new RegExp(
  `${before}(?:PIN|PUK|passcode|codice di sblocco|(?:sblocc|acced|entr|unlock)\\p{L}*(?: \\p{L}+){0,3} (?:codice|code))\\s(?<it>\\d{4,8})(?![\\p{L}\\p{N}.-])`,
  'gu',
);
const NAMED = new RegExp(`${before}(?:${WHO})${OF}\\s*[:=]\\s*["“'«]?(?<it>${VALUE})`, 'giu');
/** "username mrossi", "nome utente anna.b" */
const NAMED_PLAINLY = new RegExp(
  `${before}(?:user ?name|nome utente|user ?id|login)\\s+(?:(?:is|è)\\s+)?["“'«]?(?<it>(?=[^\\s]*[\\d_@\\\\]|[^\\s]*\\.[^\\s])(?!\\d+\\s)${VALUE})`,
  'giu',
);

/** "password: reset", "login: fails" tell what happened, not a secret. */
const TELLING =
  /^(?:reset|reimpostata|resettata|changed|cambiata|errata|sbagliata|wrong|forgotten|dimenticata|persa|lost|unknown|sconosciuta|none|nessuna|ok|fails?|failed|fallito|not|non|no|yes|sì|si|the|la|il|is|was|missing|assente|expired|scaduta|rejected|rifiutata|required|richiesta|removed|rimossa|n\/a|same|admin|administrator|works|funziona|locked|bloccato|error|errore|black|slow|windows|local|locale)[.!?)]*$/i;
const withoutEnd = (it: string): boolean => !TELLING.test(it.replace(/[.,;:!?)]+$/, ''));

export const credentialRule: PersonalRule = (text) =>
  [
    ...[MARKED, NAMED].flatMap((pattern) => spansOf('credential', pattern, text, withoutEnd)),
    ...[QUOTED, SAID, PIN, BARE_PIN, NAMED_PLAINLY].flatMap((pattern) => spansOf('credential', pattern, text)),
  ].map((span) => ({ ...span, end: span.start + text.slice(span.start, span.end).replace(/[.,;:'’]+$/, '').length }));
