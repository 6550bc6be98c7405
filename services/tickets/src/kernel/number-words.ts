const NUMBER = /^(.+-\d{4})-(\d+)$/;
const BEGINNING_OF_NUMBER = /^tkt(\d{4})(\d*)$/;

/** As in a search: without dashes, in lower case. */
const asWord = (text: string): string => text.replaceAll('-', '').toLowerCase();

/**
 * A ticket's number and its beginnings from the year on: `TKT-2026-001` gives `tkt2026001`, `tkt2026`, `tkt20260` and
 * `tkt202600`. There are as many numbers as tickets, and a person who types one passes beginnings that thousands of tickets
 * share. As whole words these are found without a range.
 */
export const numberWords = (ticketNumber: string): readonly string[] => {
  const number = asWord(ticketNumber);
  const [, series, digits = ''] = NUMBER.exec(ticketNumber) ?? [];
  if (series === undefined) return [number];
  const beginning = asWord(series);
  return [number, beginning, ...Array.from({ length: digits.length - 1 }, (_, index) => `${beginning}${digits.slice(0, index + 1)}`)];
};

/**
 * The stored words of every ticket whose number begins with a term; `undefined` for terms that are no beginning of a number.
 * Former versions stored `tkt-2026-001`, and tickets are found by that until their words are renewed.
 */
export const numberWordsOfTerm = (term: string): readonly string[] | undefined => {
  const [, year, digits] = BEGINNING_OF_NUMBER.exec(term) ?? [];
  return year === undefined ? undefined : [term, digits === '' ? `tkt-${year}` : `tkt-${year}-${digits}`];
};
