import { createReadTable, type TableRow } from './read-table.js';

/** The columns of a table of devices, for export and import alike: what was exported can be imported again. */
export const COLUMNS = [
  'friendlyName',
  'category',
  'brand',
  'model',
  'serialNumber',
  'location',
  'primaryUser',
  'os',
  'purchaseDate',
  'warrantyEndDate',
  'tags',
  'notes',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Columns of an export by which an import recognises a row again. An import changes none of them. */
export const IDENTITY = ['id', 'status', 'customerId'] as const;
export type Identity = (typeof IDENTITY)[number];

/** Columns of an export that an import reads past. */
export const EXPORTED_ONLY = ['coverageStatus', 'coveredUntil'] as const;

export type DeviceRow = TableRow<Column | Identity>;

/** Reads a table of devices; throws 422 when it is not one. */
export const readDevices: (csv: string) => readonly DeviceRow[] = createReadTable<Column | Identity>({
  columns: [...COLUMNS, ...IDENTITY],
  skipped: EXPORTED_ONLY,
  key: 'serialNumber',
  what: 'devices',
  severalLines: ['notes'],
});

/** `['desk', 'a;b']` is the cell `desk;a\;b`: a semicolon or a backslash of a tag has a backslash in front. */
export const joinTags = (tags: readonly string[]): string => tags.map((tag) => tag.replace(/[\\;]/g, '\\$&')).join(';');

/** The tags of a cell, each once; see `joinTags`. */
export const splitTags = (cell: string): readonly string[] => {
  const tags = (cell.match(/(?:\\[\\;]|[^;])+/g) ?? []).map((tag) => tag.replace(/\\([\\;])/g, '$1').trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
};
