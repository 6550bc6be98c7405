import { CsvError, parse } from 'csv-parse/sync';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { withoutMarks } from '@riparo/shared/files/csv';
import { isSameLine, normalLine, normalText } from '@riparo/shared/text/normal';

export interface TableRow<C extends string> {
  /** As a spreadsheet counts: the row of names is 1. */
  readonly row: number;
  /** Only cells that hold something. */
  readonly cells: Readonly<Partial<Record<C, string>>>;
}

/** What a table of some kind of things looks like. */
export interface TableShape<C extends string> {
  readonly columns: readonly C[];
  /** Columns of an export that are read past. */
  readonly skipped: readonly string[];
  /** The column without which nothing can be recognised. */
  readonly key: C;
  /** Of what the table is: `devices`. */
  readonly what: string;
  /** Columns whose cells may have several lines. */
  readonly severalLines?: readonly C[];
}

export const MAX_ROWS = 1_000;

const refuse = (message: string) => invalidInput([{ path: 'csv', message }]);

/** Spreadsheets in half of Europe separate by semicolons: the row of names tells. */
const separatorOf = (csv: string): string => {
  const names = csv.split(/\r?\n/, 1)[0] ?? '';
  return (names.match(/;/g)?.length ?? 0) > (names.match(/,/g)?.length ?? 0) ? ';' : ',';
};

/** Columns without a name are left by spreadsheets at the end of each row; they are read past. */
const columnsOf = <C extends string>(
  { columns, skipped, key, what }: TableShape<C>,
  names: readonly string[],
): readonly (C | undefined)[] => {
  const known = names.map((name) => columns.find((column) => isSameLine(column, name)));
  const unknown = names.filter(
    (name, n) => normalLine(name) !== '' && known[n] === undefined && !skipped.some((column) => isSameLine(column, name)),
  );
  if (unknown.length > 0) throw refuse(`has columns that are not known: ${unknown.map((name) => `"${name}"`).join(', ')}`);
  const twice = known.filter((column, n) => column !== undefined && known.indexOf(column) !== n);
  if (twice.length > 0) throw refuse(`has columns twice: ${twice.join(', ')}`);
  if (!known.includes(key)) throw refuse(`needs a column ${key}, by which ${what} are recognised`);
  return known;
};

const parseRecords = (csv: string): readonly (readonly string[])[] => {
  try {
    return parse(csv, {
      bom: true,
      delimiter: separatorOf(csv),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 2,
    });
  } catch (error) {
    if (error instanceof CsvError) throw refuse(`is not a table: ${error.message}`);
    throw error;
  }
};

/** Makes the reader of tables of this shape; it throws 422 when a text is none. */
export const createReadTable =
  <C extends string>(shape: TableShape<C>) =>
  (csv: string): readonly TableRow<C>[] => {
    const [names = [], ...records] = parseRecords(csv);
    if (records.length > MAX_ROWS) throw refuse(`has more than ${MAX_ROWS} rows`);
    const columns = columnsOf(shape, names);
    const normalCell = (column: C | undefined, cell: string): string =>
      column !== undefined && shape.severalLines?.includes(column) === true ? normalText(cell) : normalLine(cell);
    return records.map((record, n) => ({
      row: n + 2,
      cells: Object.fromEntries(
        record.flatMap((cell, c) => {
          const [column, text] = [columns[c], normalCell(columns[c], withoutMarks(cell))];
          return column === undefined || text === '' ? [] : [[column, text]];
        }),
      ) as TableRow<C>['cells'],
    }));
  };
