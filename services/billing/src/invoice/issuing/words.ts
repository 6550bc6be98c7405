import type { Language } from '@riparo/shared/time/write-time';
import type { AdjustingWords } from './charge.js';

const ADJUSTING: Readonly<Record<Language, AdjustingWords>> = {
  en: { reduction: 'Price reduction', rounding: 'Rounding' },
  it: { reduction: 'Riduzione del prezzo', rounding: 'Arrotondamento' },
};
export const adjustingWords = (language: Language): AdjustingWords => ADJUSTING[language];

const REDUCED: Readonly<Record<Language, string>> = { en: 'Price reduction', it: 'Riduzione del prezzo' };
/** Why the system issues a credit note. */
export const reducedReason = (language: Language): string => REDUCED[language];

const REPLACED: Readonly<Record<Language, string>> = {
  en: 'Replaced by a document of the whole charge',
  it: "Sostituito da un documento per l'intero importo",
};
/** Why a document is taken back whose repair came to cost more. */
export const replacedReason = (language: Language): string => REPLACED[language];

const CREDIT: Readonly<Record<Language, string>> = { en: 'Credit on', it: 'Storno di' };
/** The line of a credit note that takes back a part of a document. */
export const creditLine = (language: Language, number: string): string => `${CREDIT[language]} ${number}`;
