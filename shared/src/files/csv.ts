import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null | undefined;
/** The first row names the columns. */
export type Table = readonly (readonly Cell[])[];

/** Tells spreadsheets that the file is UTF-8. */
const BOM = '\uFEFF';

/**
 * Where a spreadsheet may see a formula begin: at the start of a cell, and behind a semicolon, a tab or a line break within
 * it. Spreadsheets of half of Europe separate by semicolons; they take `x;=cmd|…` of one cell for two cells, and quotes in the
 * middle of a line do not keep them from it. The group of apostrophes makes the mark one that can be taken off again.
 */
const FORMULA = /(^|[;\t\r\n])([ \u00a0]*)('*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;
const MARKED_FORMULA = /(^|[;\t\r\n])([ \u00a0]*)'('*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

const markFormulas = (cell: Cell): Cell => (typeof cell === 'string' ? cell.replace(FORMULA, "$1$2'$3") : cell);

/** A cell as it was before `toCsv` marked what looks like a formula: `'=SUM(A1)` becomes `=SUM(A1)`. */
export const withoutMarks = (cell: string): string => cell.replace(MARKED_FORMULA, '$1$2$3');

/**
 * The one writer of CSV: RFC 4180 with commas. What a spreadsheet would run as a formula gets an apostrophe in front, and
 * `withoutMarks` takes exactly that apostrophe off again. Numbers stay numbers.
 */
export const toCsv = (table: Table): string =>
  BOM +
  stringify(
    table.map((row) => row.map(markFormulas)),
    // A line break of one character is no end of a row to the library, but it is to spreadsheets.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
