import { spansOf, whole, type PersonalRule } from './span.js';
import { TECHNICAL_WORDS } from './word-lists.js';

const PARTICLE = "(?:d(?:ei|el|ella|elle|egli|ello|i|a|al)|dell['’]|d['’]|san|santa|s\\.|ss\\.)";
/** "Via G. Verdi 5", "Via XX Settembre 20", "Via IV Novembre" */
const SHORT_FIRST = '(?:(?:\\p{Lu}\\.\\s?){1,2}|[IVX]{1,5}\\s)?';
const CAPITALISED = "\\p{Lu}[\\p{L}'’.]+";
const ITALIAN_STREET =
  'via|viale|v\\.le|piazza|p\\.za|p\\.zza|piazzale|p\\.le|piazzetta|corso|c\\.so|largo|vicolo|strada|contrada|lungomare|lungotevere|borgo|salita|localit[àa]|loc\\.|frazione|fraz\\.|rione|calle';
const HOUSE_NUMBER =
  '(?:,|\\s)\\s*(?:n(?:\\.|°|r\\.?|um\\.?)?\\s?)?\\d{1,4}(?:\\s?[/-]?\\s?[a-z]|/\\d{1,3}| ?bis)?(?![\\p{L}\\p{N}]|\\.\\d)';
const TOWN = `(?:\\s*[,-]?\\s*(?:\\d{5}\\s+)?${CAPITALISED}(?:\\s\\(?[A-Z]{2}\\)?)?)`;

/** "Via Roma 12/b", "viale dei Mille, 3", "P.zza San Marco n. 4" */
const WITH_NUMBER = whole(
  `(?:${ITALIAN_STREET})\\s+(?:${PARTICLE}\\s*){0,2}${SHORT_FIRST}(?<first>[\\p{L}][\\p{L}'’.]+)(?:\\s+(?:${PARTICLE}\\s*)?[\\p{L}][\\p{L}'’.]*){0,3}?${HOUSE_NUMBER}`,
);
/** "Via Garibaldi", "Piazza del Duomo": a capital says that it is a name. */
const WITHOUT_NUMBER = whole(
  `(?:${capitalised(ITALIAN_STREET)}|viale|piazza|piazzale|vicolo|contrada|localit[àa]|loc\\.|frazione|lungomare)\\s+(?:${PARTICLE}\\s*){0,2}${SHORT_FIRST}(?<first>${CAPITALISED})(?:\\s+(?:${PARTICLE}\\s*)?${CAPITALISED}){0,2}`,
  'gu',
);

/** `via` → `[Vv]ia`: one of the two forms, so that the rest of a pattern can mind capitals. */
function capitalised(words: string): string {
  return words.replace(/(^|\|)([a-z])/g, (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`);
}

const ENGLISH_STREET =
  'Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Ln\\.?|Drive|Boulevard|Blvd\\.?|Court|Square|Sq\\.?|Place|Way|Close|Terrace|Crescent|Gardens|Grove|Hill|Row|Mews|Parkway|Highway|Quay|Walk';
/** "12 High Street", "221b Baker Street", "Flat 3, 7 Elm Rd" */
const ENGLISH = whole(
  `(?:(?:Flat|Apt\\.?|Apartment|Suite|Unit)\\s\\w{1,5},?\\s)?\\d{1,5}[a-zA-Z]?,?\\s(?<first>\\p{L}[\\p{L}'’.]+)(?:\\s\\p{Lu}[\\p{L}'’.]+){0,2}\\s(?:${ENGLISH_STREET})`,
  'gu',
);
const LOWER_ENGLISH = whole(
  `(?:live[sd]?|living|located|deliver(?:ed|y)?|ship(?:ped)?|address|office|come|send|sent)[^.\\n]{0,30}?(?<it>\\d{1,4}[a-z]?\\s(?<first>\\p{L}{3,})(?:\\s\\p{L}{3,})?\\s(?:street|road|avenue|lane|square|court|close|terrace|drive))`,
);
/** "20121 Milano (MI)", "I-41121 Modena" */
const ITALIAN_TOWN = whole(
  `(?:I-|IT-|cap\\s)?\\d{5}\\s(?<first>\\p{Lu}\\p{Ll}{2,})(?:\\s(?:${PARTICLE}\\s?)?\\p{Lu}\\p{Ll}+){0,2}(?:\\s?[(,]\\s?[A-Z]{2}\\)?)?`,
  'gu',
);
/** "CAP 41121", "postcode 90210", "zip code: 94103-1234" */
const LABELLED_CODE = whole('(?:cap|codice postale|post ?code|postal code|zip(?: code)?)[ :.]+(?<it>\\d{5}(?:-\\d{4})?)');
/** "Springfield, IL 62704" */
const AMERICAN_TOWN = whole('\\p{Lu}\\p{Ll}+(?:\\s\\p{Lu}\\p{Ll}+)?,\\s[A-Z]{2}\\s\\d{5}(?:-\\d{4})?', 'gu');
/** "SW1A 1AA"; "M2 2TB" is a drive. */
const BRITISH_CODE = whole('[A-Z]{1,2}\\d[A-Z\\d]?\\s\\d[ABD-HJLNP-UW-Z]{2}', 'gu');
const UNITS = /\d(?:TB|GB|MB|HZ|ND|RD|TH|ST|PX)$/;

const isName = (word: string | undefined): boolean => {
  const plain = (word ?? '').toLowerCase().replace(/[.'’]+$/, '');
  return !TECHNICAL_WORDS.has(plain) && !/^(?:il|lo|la|le|un|una|the|a|an|this|that|questo|questa|e|o|or|and)$/.test(plain);
};
/** No word of the stretch is of computers: "2 Seagate Hard Drive", "via porta COM 3". */
const namesOnly = (it: string): boolean =>
  it
    .split(/[\s,]+/)
    .slice(1, -1)
    .every((word) => isName(word)) && !/^via (?:e-?mail|chat|web|usb)/i.test(it);
const isDrive = (it: string): boolean =>
  /\b(?:USB|SSD|HDD|Hard|Flash|Pen|Disk|Tape|GB|TB|External|Network|Optical|Cloud|Boot|Zip|Data|Backup|System|Spare|New|Internal|Map)\b.*Drive$/i.test(
    it,
  );

/** A street's word in small letters begins an address only where a name follows: "via roma 12", not "via cavo 2". */
const isWritten = (it: string, first: string | undefined): boolean =>
  isName(first) &&
  (/^\p{Lu}/u.test(it) || /^\p{Lu}/u.test(first ?? '') || /,\s*\d|\d\s?\/?[a-z]?$/i.test(it)) &&
  /\p{L}{3}/u.test(first ?? '');

export const addressRule: PersonalRule = (text, isHarmless) => {
  const streets = [
    ...spansOf('address', WITH_NUMBER, text, (it, { groups }) => isWritten(it, groups?.first) && namesOnly(it)),
    ...spansOf('address', WITHOUT_NUMBER, text, (_, { groups }) => isName(groups?.first) && /^\p{Lu}\p{Ll}/u.test(groups?.first ?? '')),
    ...spansOf('address', ENGLISH, text, (it) => namesOnly(it) && !isDrive(it)),
    ...spansOf('address', LOWER_ENGLISH, text, (it) => namesOnly(it) && !isDrive(it)),
  ];
  const towns = [
    ...spansOf('address', ITALIAN_TOWN, text, (_, { groups }) => isName(groups?.first)),
    ...spansOf('address', AMERICAN_TOWN, text),
    ...spansOf('address', BRITISH_CODE, text, (it) => !UNITS.test(it)),
  ].filter(({ start, end }) => !isHarmless(start, end));
  return [...streets.map((span) => withTown(span, text)), ...towns, ...spansOf('address', LABELLED_CODE, text)];
};

const FOLLOWING_TOWN = new RegExp(`^${TOWN}`, 'u');
/** "Via Roma 12, 41121 Modena (MO)": the town goes with its street where a comma or a postal code leads to it. */
const withTown = <S extends { readonly start: number; readonly end: number }>(span: S, text: string): S => {
  const after = FOLLOWING_TOWN.exec(text.slice(span.end, span.end + 80))?.[0] ?? '';
  return /^\s*(?:[,-]|\d{5})/.test(after) ? { ...span, end: span.end + after.length } : span;
};
