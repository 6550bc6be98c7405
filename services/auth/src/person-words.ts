import { normalCode } from '@riparo/shared/text/normal';
import { beginsWith, searchConditions, searchWords } from '@riparo/shared/text/search-words';

export interface Findable {
  readonly texts: readonly (string | undefined)[];
  readonly phone: string | undefined;
}

/** With and without the international prefix, which is one to three digits long. */
const phoneWords = (phone: string): readonly string[] => {
  const digits = phone.replace(/\D/g, '');
  return /^\s*(\+|00)/.test(phone) ? [digits, ...[1, 2, 3, 4].map((length) => digits.slice(length))] : [digits];
};

/** The words by which a customer or user is found. */
export const personWords = ({ texts, phone = '' }: Findable): readonly string[] => [
  ...new Set([...searchWords(...texts), ...phoneWords(normalCode(phone)).filter((word) => word !== '')]),
];

const PHONE_LIKE = /^[\d\s()+./-]{5,}$/;
/** VAT numbers are kept without the country. */
const COUNTRY_OF_VAT = /^\s*it(?=\d{11}\s*$)/i;

const anyOf = (forms: readonly string[]): object => ({ $or: forms.map((form) => ({ searchTerms: beginsWith(form) })) });

/** A filter for whoever has a word that begins with each word of the search. Digits alone are a phone or VAT number. */
export const personFilter = (search: string | undefined): object => {
  if (search === undefined) return {};
  const code = normalCode(search);
  const digits = code.replace(/\D/g, '');
  // 0039… is a phone number, or a VAT number.
  if (PHONE_LIKE.test(code) && digits !== '') return digits.startsWith('00') ? anyOf([digits, digits.slice(2)]) : anyOf([digits]);
  return { $and: searchConditions('searchTerms', search.replace(COUNTRY_OF_VAT, '')) };
};
