import Joi from 'joi';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { bodyValidator } from '@riparo/shared/http/validate';
import { serialKeyOf, type Asset, type AssetFields } from '../asset/asset.js';
import { editedAssetFields, newAssetFields } from '../asset/asset.schema.js';
import type { Location } from '../location/location.js';
import { TAG_SEPARATOR } from './device-table.js';
import type { TableRow } from './read-table.js';

/** What a row comes to. */
export type RowPlan =
  | { readonly row: number; readonly outcome: 'CREATE'; readonly fields: AssetFields }
  | { readonly row: number; readonly outcome: 'UPDATE'; readonly assetId: string; readonly fields: Partial<AssetFields> }
  | { readonly row: number; readonly outcome: 'UNCHANGED'; readonly assetId: string }
  | { readonly row: number; readonly outcome: 'INVALID'; readonly errors: readonly FieldFault[] };

export interface Surroundings {
  /** The customer's devices that are not retired, among which the rows' are. */
  readonly assets: readonly Asset[];
  readonly locations: readonly Location[];
  /** Where devices go whose row names no location. */
  readonly defaultLocationId?: string;
}

const { status: _status, ...editable } = editedAssetFields;
const newDevice = bodyValidator(Joi.object(newAssetFields));
const changedDevice = bodyValidator(Joi.object(editable));

const matches = ({ id, name }: Location, wanted: string): boolean => id === wanted || name.toLowerCase() === wanted.toLowerCase();

/** Rows name locations by name (or id), lists by one cell. */
const fieldsOf = ({ cells }: TableRow, { locations }: Surroundings, faults: FieldFault[]): Record<string, unknown> => {
  const { location: named, tags, category, ...plain } = cells;
  const found = named === undefined ? [] : locations.filter((location) => matches(location, named));
  if (named !== undefined && found.length !== 1) {
    faults.push({ path: 'location', message: found.length === 0 ? 'is not one of the locations' : 'is the name of several locations' });
  }
  return {
    ...plain,
    ...(category === undefined ? {} : { category: category.toUpperCase() }),
    ...(found[0] === undefined ? {} : { locationId: found[0].id }),
    ...(tags === undefined
      ? {}
      : {
          tags: [
            ...new Set(
              tags
                .split(TAG_SEPARATOR)
                .map((tag) => tag.trim())
                .filter((tag) => tag !== ''),
            ),
          ],
        }),
  };
};

const differs = (asset: Asset, fields: Partial<AssetFields>): boolean =>
  Object.entries(fields).some(([name, value]) => JSON.stringify(asset[name as keyof Asset]) !== JSON.stringify(value));

const planRow = (row: TableRow, around: Surroundings): RowPlan => {
  const faults: FieldFault[] = [];
  const fields = fieldsOf(row, around, faults);
  const { serialNumber } = row.cells;
  const existing = serialNumber === undefined ? undefined : around.assets.find(({ serialKey }) => serialKey === serialKeyOf(serialNumber));
  const isNew = existing === undefined;
  const complete = isNew && around.defaultLocationId !== undefined ? { locationId: around.defaultLocationId, ...fields } : fields;
  const checked = (isNew ? newDevice : changedDevice).check(complete, faults) as AssetFields;
  const errors = faults.map(({ path, message }) => ({ path: path === 'locationId' ? 'location' : path, message }));
  if (errors.length > 0) return { row: row.row, outcome: 'INVALID', errors };
  if (isNew) return { row: row.row, outcome: 'CREATE', fields: checked };
  // The serial number that it is recognised by may be written in another way; that is no change.
  const { serialNumber: _same, ...changes } = checked as Partial<AssetFields>;
  return differs(existing, changes)
    ? { row: row.row, outcome: 'UPDATE', assetId: existing.id, fields: changes }
    : { row: row.row, outcome: 'UNCHANGED', assetId: existing.id };
};

/** What each row comes to, without doing anything. Rows are recognised by serial number; empty cells change nothing. */
export const planImport = (rows: readonly TableRow[], around: Surroundings): readonly RowPlan[] => {
  const firstRow = new Map<string, number>();
  return rows.map((row) => {
    const key = serialKeyOf(row.cells.serialNumber ?? '');
    const earlier = firstRow.get(key);
    if (earlier !== undefined && key !== '') {
      return { row: row.row, outcome: 'INVALID', errors: [{ path: 'serialNumber', message: `is in row ${earlier} already` }] };
    }
    firstRow.set(key, row.row);
    return planRow(row, around);
  });
};
