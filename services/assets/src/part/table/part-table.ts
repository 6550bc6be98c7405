import { createReadTable, type TableRow } from '../../import/read-table.js';
import type { DeviceModel } from '../part.js';

/** The columns of a table of parts, for export and import alike: an export that is imported again changes nothing. */
export const COLUMNS = [
  'sku',
  'name',
  'brand',
  'compatibleWith',
  'salePrice',
  'cost',
  'vatRate',
  'warrantyMonths',
  'minimumStock',
  'supplier',
  'shelf',
  'barcode',
  'active',
] as const;
export type Column = (typeof COLUMNS)[number];
export type PartRow = TableRow<Column>;

/** Columns of an export that an import reads past: stock moves by movements and counts. */
export const EXPORTED_ONLY = ['onHand', 'reserved', 'available', 'averageCost'] as const;

/** Reads a table of parts; throws 422 when it is not one. */
export const readParts: (csv: string) => readonly PartRow[] = createReadTable<Column>({
  columns: COLUMNS,
  skipped: EXPORTED_ONLY,
  key: 'sku',
  what: 'parts',
});

const escaped = (text: string): string => text.replace(/[\\;|]/g, '\\$&');
const plain = (text: string): string => text.replace(/\\([\\;|])/g, '$1').trim();

/** Apple iPhone 12 and Apple iPhone 13 are the cell `Apple|iPhone 12;Apple|iPhone 13`; a backslash keeps `;`, `|` and `\` what they are. */
export const joinModels = (models: readonly DeviceModel[]): string =>
  models.map(({ brand, model }) => `${escaped(brand)}|${escaped(model)}`).join(';');

/** The devices of a cell; see `joinModels`. One without `|` has a model that is missing. */
export const splitModels = (cell: string): readonly Partial<DeviceModel>[] =>
  (cell.match(/(?:\\[\\;|]|[^;])+/g) ?? [])
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [brand = '', ...rest] = entry.match(/(?:\\[\\;|]|[^|])+/g) ?? [];
      return rest.length === 0 ? { brand: plain(brand) } : { brand: plain(brand), model: plain(rest.join('|')) };
    });
