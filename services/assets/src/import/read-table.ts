import { CsvError, parse } from 'csv-parse/sync';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { withoutMarks } from '@riparo/shared/files/csv';
import { isSameLine, normalLine, normalText } from '@riparo/shared/text/normal';
import { COLUMNS, EXPORTED_ONLY, IDENTITY, type Column, type Identity } from './device-table.js';

export interface TableRow {
  /** As a spreadsheet counts: the row of names is 1. */
  readonly row: number;
  /** Only cells that hold something. */
  readonly cells: Readonly<Partial<Record<Column | Identity, string>>>;
}

export const MAX_ROWS = 1_000;

const refuse = (message: string) => invalidInput([{ path: 'csv', message }]);

/** Spreadsheets in half of Europe separate by semicolons: the row of names tells. */
const separatorOf = (csv: string): string => {
  const names = csv.split(/\r?\n/, 1)[0] ?? '';
  return (names.match(/;/g)?.length ?? 0) > (names.match(/,/g)?.length ?? 0) ? ';' : ',';
};

const READ = [...COLUMNS, ...IDENTITY] as const;
const columnOf = (name: string): Column | Identity | undefined => READ.find((column) => isSameLine(column, name));

/** Columns without a name are left by spreadsheets at the end of each row; they are read past. */
const columnsOf = (names: readonly string[]): readonly (Column | Identity | undefined)[] => {
  const known = names.map(columnOf);
  const unknown = names.filter(
    (name, n) => normalLine(name) !== '' && known[n] === undefined && !EXPORTED_ONLY.some((skipped) => isSameLine(skipped, name)),
  );
  if (unknown.length > 0) throw refuse(`has columns that are not known: ${unknown.map((name) => `"${name}"`).join(', ')}`);
  const twice = known.filter((column, n) => column !== undefined && known.indexOf(column) !== n);
  if (twice.length > 0) throw refuse(`has columns twice: ${twice.join(', ')}`);
  if (!known.includes('serialNumber')) throw refuse('needs a column serialNumber, by which devices are recognised');
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

/** Notes alone have several lines. */
const normalCell = (column: Column | Identity | undefined, cell: string): string =>
  column === 'notes' ? normalText(cell) : normalLine(cell);

/** Reads a table of devices; throws 422 when it is not one. */
export const readTable = (csv: string): readonly TableRow[] => {
  const [names = [], ...records] = parseRecords(csv);
  if (records.length > MAX_ROWS) throw refuse(`has more than ${MAX_ROWS} rows`);
  const columns = columnsOf(names);
  return records.map((record, n) => ({
    row: n + 2,
    cells: Object.fromEntries(
      record.flatMap((cell, c) => {
        const [column, text] = [columns[c], normalCell(columns[c], withoutMarks(cell))];
        return column === undefined || text === '' ? [] : [[column, text]];
      }),
    ),
  }));
};
