import { digitsOf, spansOf, whole, type PersonalRule } from './span.js';

/** The check digit of card numbers and IMEIs: every second digit from the right counts twice. */
export const passesLuhn = (digits: string): boolean => {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
};

/** A token with a digit in it, such as a serial number. */
const TOKEN = '[\\p{L}\\p{N}][\\p{L}\\p{N}./_-]{3,39}';
const IS = "(?:\\s*(?:[:=#]|n[.°]|nr\\.?|no\\.?|è|e'|is|number|numero|del dispositivo|old|new|vecchi[oa]|nuov[oa])\\s*|\\s+)+";
const SERIAL_LABEL =
  's\\s?/\\s?n|sn|ser\\.? ?no\\.?|serial(?: number| no\\.?| num(?:ber)?)?|seriale|matricola|numero di serie|n\\. di serie|num\\. serie|service tag|express service code|imei ?[12]?|meid|iccid|udid|asset tag|numero seriale|codice seriale';
const SERIAL = whole(`(?:${SERIAL_LABEL})${IS}(?<it>${TOKEN})`);
const IMEI = /(?<![\p{L}\p{N}.,-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\p{L}\p{N}-])/gu;
/** C02XG2JHJG5J: it goes from letters to digits and back more often than the names of parts do. */
const LONG_TOKEN = whole('(?=[A-Z0-9]*\\d)[A-Z0-9]{10,20}', 'gu');
const MOST_TURNS_OF_A_PART = 4;
const turnsIn = (token: string): number => (token.match(/[A-Z]+|\d+/g) ?? []).length - 1;

export const serialRule: PersonalRule = (text) => [
  ...spansOf('serial', SERIAL, text, (it) => /\d/.test(it) && it.length >= 4),
  ...spansOf('serial', IMEI, text, (it) => passesLuhn(digitsOf(it))),
  ...spansOf('serial', LONG_TOKEN, text, (it) => turnsIn(it) > MOST_TURNS_OF_A_PART),
];

const MAC = whole('[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\\1[0-9a-f]{2}){4}|[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}');
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)';
const IP = new RegExp(`(?<![\\p{L}\\p{N}.])${OCTET}(?:\\.${OCTET}){3}(?:/\\d{1,2}|:\\d{2,5})?(?![\\p{N}]|\\.\\d)`, 'gu');
const IP_6 = /(?<![\p{L}\p{N}:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\p{L}\p{N}:])/giu;
/** Everybody has them. */
const NOBODYS = /^(?:127\.0\.0\.1|0\.0\.0\.0|255\.255\.\d+\.\d+|8\.8\.[84]\.[84]|1\.1\.1\.1)(?:[/:]\d+)?$/;

export const networkRule: PersonalRule = (text, isHarmless) => [
  ...spansOf('network', MAC, text),
  ...[...spansOf('network', IP, text, (it) => !NOBODYS.test(it)), ...spansOf('network', IP_6, text)].filter(
    ({ start, end }) => !isHarmless(start, end),
  ),
];

const KEY = whole('(?=[A-Z0-9-]*\\d)(?=[\\d-]*[A-Z])[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,8}', 'giu');
const LABELLED_KEY = whole(
  `(?:product key|licen[cs]e(?: key| code)?|licenza|activation (?:key|code)|codice (?:di )?(?:licenza|attivazione|prodotto)|chiave (?:di )?(?:licenza|prodotto|attivazione)|recovery key|chiave (?:di )?ripristino|product ?key|bitlocker key)${IS}(?<it>[\\p{L}\\p{N}-]{8,})`,
);
/** 48 digits in groups of six. */
const RECOVERY_KEY = /(?<!\d)\d{6}(?:-\d{6}){5,7}(?!\d)/g;
/** A GUID names a program, not a person. */
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const licenceRule: PersonalRule = (text) => [
  ...spansOf('licence', KEY, text, (it, match) => !GUID.test(it) && !isWithinGuid(text, match.index) && /^[A-Z0-9-]+$/.test(it)),
  ...spansOf('licence', LABELLED_KEY, text, (it) => /\d/.test(it)),
  ...spansOf('licence', RECOVERY_KEY, text),
];
const isWithinGuid = (text: string, at = 0): boolean => GUID.test(text.slice(at - 9, at + 27)) || GUID.test(text.slice(at, at + 36));

/** RSSMRA85T10A562S; months and omocodes included. */
const FISCAL_CODE = whole('[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]');
const VAT_LABEL =
  '(?:p\\.? ?iva|partita iva|part\\. iva|vat(?: (?:no\\.?|number|id))?|c\\.? ?f\\.?|cod(?:ice)?\\.? fisc(?:ale)?\\.?|fiscal code|tax (?:code|id)|piva|ssn|ni number|national insurance(?: number)?|codice sdi|sdi)';
const LABELLED_VAT = whole(`${VAT_LABEL}${IS}(?<it>(?=[A-Z0-9 -]*\\d)[A-Z0-9](?:[ -]?[A-Z0-9]){6,15})`);
const ITALIAN_VAT = whole('(?:IT ?)?\\d{11}', 'gu');
const EUROPEAN_VAT = whole('(?:ATU|BE0|DE|DK|ES[A-Z]|FI|FR[A-Z0-9]{2}|IE|NL|PL|PT|SE|GB)\\d{8,12}(?:B\\d{2})?', 'gu');

export const taxRule: PersonalRule = (text) => [
  ...spansOf('tax', FISCAL_CODE, text),
  ...spansOf('tax', LABELLED_VAT, text),
  ...spansOf('tax', ITALIAN_VAT, text, (it) => passesLuhn(digitsOf(it))),
  ...spansOf('tax', EUROPEAN_VAT, text),
];

/** Characters of an IBAN by country; other countries' are found by their label. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  'AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN = whole('[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}|[a-z]{2}\\d{2}[a-z0-9]{11,30}', 'gu');
const CARD = /(?<![\p{L}\p{N}.-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu;

/** ISO 13616: the first four characters behind the others, letters as 10 … 35, modulo 97. */
const isIban = (text: string): boolean => {
  const plain = text.replace(/ /g, '').toUpperCase();
  const rest = Array.from(`${plain.slice(4)}${plain.slice(0, 4)}`).reduce(
    (sum, character) => Number(`${sum}${Number.parseInt(character, 36)}`) % 97,
    0,
  );
  return rest === 1;
};
/** Words may follow that have the form of another group: a country's numbers all have the same length. */
const ibanIn = (text: string): string | undefined => {
  const length = IBAN_LENGTHS.get(text.slice(0, 2).toUpperCase()) ?? Infinity;
  let end = 0;
  for (let seen = 0; seen < length && end < text.length; end++) if (text[end] !== ' ') seen++;
  const it = text.slice(0, end);
  return it.replace(/ /g, '').length === length && isIban(it) ? it : undefined;
};
const LABELLED_BANK = whole(
  `(?:iban|conto(?: corrente)?|account (?:number|no\\.?)|sort code)${IS}(?<it>(?=[A-Z0-9 -]*\\d{2})[A-Z0-9](?:[ -]?\\d|[A-Z0-9]){5,33})`,
);

export const bankRule: PersonalRule = (text) => [
  ...[...text.matchAll(IBAN)].flatMap(({ index, 0: it }) => {
    const iban = ibanIn(it);
    return iban === undefined ? [] : [{ kind: 'bank' as const, start: index, end: index + iban.length }];
  }),
  ...spansOf('bank', CARD, text, (it) => digitsOf(it).length >= 13 && passesLuhn(digitsOf(it)) && !/^0+$/.test(digitsOf(it))),
  ...spansOf('bank', LABELLED_BANK, text),
];
