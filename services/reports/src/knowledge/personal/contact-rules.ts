import { digitsOf, spansOf, whole, type PersonalRule } from './span.js';

/** An address of the web that carries what lets somebody in. */
const SECRET_PARAMETER = '[?&#](?:token|key|api_?key|access_token|auth|sig|signature|password|pwd|pass|secret|code|session|sid)=';
const LINK = new RegExp(`\\b[a-z][a-z0-9+.-]{1,15}://(?:[^\\s/@]+@[^\\s]+|[^\\s]*${SECRET_PARAMETER}[^\\s]+)`, 'giu');

export const linkRule: PersonalRule = (text) => spansOf('link', LINK, text);

const MAIL = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}/giu;
/** "anna (at) example dot com", "anna chiocciola example punto it" */
const SPELT_MAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}\s?(?:\(at\)|\[at\]|\{at\}|\schiocciola\s|\sat\s)\s?[\p{L}\p{N}-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|\sdot\s|\spunto\s)\s?[\p{L}\p{N}-]{1,63}){0,4}?\s?(?:\.|\(dot\)|\[dot\]|\sdot\s|\spunto\s)\s?(?:com|org|net|it|eu|uk|de|fr|io|info|biz)(?![\p{L}\p{N}])/giu;

export const mailRule: PersonalRule = (text) => [...spansOf('mail', MAIL, text), ...spansOf('mail', SPELT_MAIL, text)];

const SEPARATED = '\\d(?:[ .\\-/()\\u00a0]{0,3}\\d)';
const INTERNATIONAL = new RegExp(`(?<![\\p{L}\\p{N}+])(?:\\+|00(?=[1-9]))\\s?\\(?${SEPARATED}{6,14}(?![\\p{L}\\p{N}])`, 'gu');
const LABEL =
  'tel(?:efono)?|telephone|phone|ph|cell(?:ulare)?|mobile|mob|fax|whatsapp|ring|call(?:ed|ing)?(?: (?:me|him|her|us|them|back))?(?: (?:at|on))?|(?:ri)?chiam(?:are|ate|a|i|ato|atemi|ami)(?: (?:al|il|lo|allo))?|numero(?: di (?:telefono|cellulare))?|number is|recapito|contatto|contact|interno|ext|text|sms';
const LABELLED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${LABEL})(?:\\.|:|=|\\s|n\\.|è|e'|is|no\\.)*\\s*(?<it>[+(]?${SEPARATED}{5,14})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** 333 1234567, 333.123.4567, 333/12 34 567; with ten digits in one also without a separator. */
const ITALIAN_MOBILE =
  /(?<![\p{L}\p{N}.,+-])3[2-9]\d(?:[ ./-]\d{6,7}|[ ./-]\d{3}[ ./-]?\d{3,4}|[ ./-]\d{2}[ ./-]\d{2}[ ./-]\d{2,3}|\d{7})(?![\p{L}\p{N}-])/gu;
/** 02 1234567, (059) 123456, 06/12.34.567, 020 7946 0958, 07700 900123 */
const TRUNK = /(?<![\p{L}\p{N}.,+:/-])\(?0[1-9]\d{0,3}\)?(?:[ ./-]{0,2}\d){5,9}(?![\p{L}\p{N}]|[-.:]\d)/gu;
/** (555) 123-4567, 555-123-4567, 555.123.4567 */
const AMERICAN = /(?<![\p{L}\p{N}.,+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])\d{3}[-. ]\d{4}(?![\p{L}\p{N}-])/gu;

const LEAST_DIGITS = 6;

export const phoneRule: PersonalRule = (text, isHarmless) => {
  const open = [ITALIAN_MOBILE, TRUNK, AMERICAN].flatMap((pattern) =>
    spansOf('phone', pattern, text, (it) => digitsOf(it).length >= 8 && digitsOf(it).length <= 12),
  );
  const labelled = spansOf('phone', LABELLED, text, (it) => digitsOf(it).length >= LEAST_DIGITS);
  return [...spansOf('phone', INTERNATIONAL, text), ...[...open, ...labelled].filter(({ start, end }) => !isHarmless(start, end))];
};

/** Where somebody lives or works: see `address-rules.ts`. */
export const PLATE_LABEL =
  'targ(?:a|ato|ata)|plate(?: number)?|license plate|licence plate|registration(?: number)?|furgone|auto|macchina|van|car|veicolo|vehicle|scooter';
const LABELLED_PLATE = whole(`(?:${PLATE_LABEL})(?:[ :.]|\\p{L}+ ){0,3}(?<it>[A-Z]{1,3}[ -]?\\d{2,4}[ -]?[A-Z]{1,3})`);
/** AB 123 CD; without blanks it has the form of models too: UX430UA. */
const PLATE = whole('[A-HJ-NPR-TV-Z]{2}[ -]\\d{3}[ -][A-HJ-NPR-TV-Z]{2}', 'gu');

export const plateRule: PersonalRule = (text, isHarmless) => [
  ...spansOf('plate', LABELLED_PLATE, text, (it) => /[A-Z]/.test(it)),
  ...spansOf('plate', PLATE, text).filter(({ start, end }) => !isHarmless(start, end)),
];
