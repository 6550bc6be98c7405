import Negotiator from 'negotiator';
import type { Language } from '../time/write-time.js';

const LANGUAGES: readonly Language[] = ['en', 'it'];

/** Whether a text names a language that pages have. */
const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((language) => language === text);

/**
 * The language of a page: the one that was switched to, else the first of the browser's that pages have, else the usual
 * one, such as the centre's.
 */
export const pageLanguage = (chosen: string | undefined, acceptLanguage: string | undefined, usual: Language): Language => {
  if (isLanguage(chosen)) return chosen;
  if (acceptLanguage === undefined) return usual;
  const ordered = [usual, ...LANGUAGES.filter((language) => language !== usual)];
  const first = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language(ordered);
  return isLanguage(first) ? first : usual;
};
