/** Checks of Italian fiscal identifiers, as pure functions on already normalised text. */

const MONTHS = 'ABCDEHLMPRST';
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Omocodia: when two people would share a code, the tax office replaces digits of one code by these letters, from the right. */
const OMOCODIA = 'LMNPQRSTUV';
const FISCAL_CODE = /^[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/;
/** Values of the characters at odd places (the first place is odd) in the sum of the check character (D.M. 23/12/1976, art. 6). */
const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const ELEVEN_DIGITS = /^\d{11}$/;

const A = 'A'.charCodeAt(0);

/** A digit counts as the letter of the same rank: 0 as A, 1 as B. */
const rank = (character: string): number => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - A);

const checkCharacter = (fifteen: string): string => {
  const sum = Array.from(fifteen).reduce((total, character, index) => {
    const value = rank(character);
    return total + (index % 2 === 0 ? (ODD_VALUES[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(A + (sum % 26));
};

const digitOf = (character: string): string => {
  const decoded = OMOCODIA.indexOf(character);
  return decoded === -1 ? character : String(decoded);
};

const isPersonalCode = (code: string): boolean => {
  if (!FISCAL_CODE.test(code)) return false;
  const longest = DAYS_OF_MONTH[MONTHS.indexOf(code.charAt(8))] ?? 0;
  const written = Number(Array.from(code.slice(9, 11), digitOf).join(''));
  const day = written > 40 ? written - 40 : written; // a woman born on the 5th has 45
  return day >= 1 && day <= longest && checkCharacter(code.slice(0, 15)) === code.charAt(15);
};

/** The Luhn check of art. 35 DPR 633/72. Eleven zeros pass the sum but are nobody's number. */
const passesLuhn = (digits: string): boolean => {
  const sum = Array.from(digits).reduce((total, character, index) => {
    const value = Number(character) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0 && Number(digits) > 0;
};

export const normaliseFiscalCode = (text: string): string => text.replace(/\s+/g, '').toUpperCase();

/** Removes blanks, dots and hyphens, and the `IT` that international numbers begin with: `IT 0123 4567 890` becomes `01234567890`. */
export const normaliseVatNumber = (text: string): string =>
  text
    .replace(/[\s.-]+/g, '')
    .toUpperCase()
    .replace(/^IT(?=\d{11}$)/, '');

/** The code of a person has 16 characters; the code of an organisation has 11 digits. */
export const isFiscalCode = (code: string): boolean => isPersonalCode(code) || isVatNumber(code);

/** Eleven digits with a valid check digit. The three digits of the tax office are not checked. */
export const isVatNumber = (number: string): boolean => ELEVEN_DIGITS.test(number) && passesLuhn(number);

/** The recipient code (codice destinatario) when the customer's own one is unknown; invoices then go to the customer's PEC address. */
export const SDI_UNKNOWN = '0000000';
/** The recipient code (codice destinatario) of all customers outside Italy. */
export const SDI_FOREIGN = 'XXXXXXX';

const ITALY = new Set(['IT', 'ITA', 'ITALY', 'ITALIA']);
export const isItaly = (country: string): boolean => ITALY.has(country.trim().toUpperCase());
