import Joi from 'joi';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import { bodyValidator } from '@riparo/shared/http/validate';
import { isSameLine, normalLine } from '@riparo/shared/text/normal';
import { serialKeyOf, serialKeysOf } from '@riparo/shared/text/serial-key';
import type { Asset, AssetFields } from '../asset/asset.js';
import { editedAssetFields, newAssetFields } from '../asset/asset.schema.js';
import type { Location } from '../location/location.js';
import { splitTags, type DeviceRow } from './device-table.js';

/** What a row comes to. */
export type RowPlan =
  | { readonly row: number; readonly outcome: 'CREATE'; readonly fields: AssetFields }
  | { readonly row: number; readonly outcome: 'UPDATE'; readonly assetId: string; readonly fields: Partial<AssetFields> }
  | { readonly row: number; readonly outcome: 'UNCHANGED'; readonly assetId: string }
  | { readonly row: number; readonly outcome: 'INVALID'; readonly errors: readonly FieldFault[] };

export interface Surroundings {
  readonly customerId: string;
  /** The customer's devices that are not retired, among which the rows' are. */
  readonly assets: readonly Asset[];
  /** The customer's devices whose ids the rows name, retired ones too. */
  readonly named: readonly Asset[];
  readonly locations: readonly Location[];
  /** Where devices go whose row names no location. */
  readonly defaultLocationId?: string;
}

const { status: _status, ...editable } = editedAssetFields;
const newDevice = bodyValidator(Joi.object(newAssetFields));
const changedDevice = bodyValidator(Joi.object(editable));

const matches = ({ id, name }: Location, wanted: string): boolean => id === wanted || isSameLine(name, wanted);

/** The location that a row names by its name or id. Of several with that name it is the one where the device is. */
const locationOf = (wanted: string, { locations }: Surroundings, existing: Asset | undefined, faults: FieldFault[]) => {
  const found = locations.filter((location) => matches(location, wanted));
  const chosen = found.length > 1 ? found.find(({ id }) => id === existing?.locationId) : found[0];
  if (chosen === undefined)
    faults.push({ path: 'location', message: found.length === 0 ? 'is not one of the locations' : 'is the name of several locations' });
  return chosen?.id;
};

const fieldsOf = (
  { cells }: DeviceRow,
  around: Surroundings,
  existing: Asset | undefined,
  faults: FieldFault[],
): Record<string, unknown> => {
  const { id: _id, status: _status, customerId: _customerId, location, tags, category, ...plain } = cells;
  // A retired device may be at a location that was removed since.
  const locationId = location === undefined || existing?.status === 'RETIRED' ? undefined : locationOf(location, around, existing, faults);
  return compact({
    ...plain,
    category: category?.toUpperCase(),
    locationId,
    tags: tags === undefined ? undefined : splitTags(tags),
  });
};

/** Fields of devices from before texts became normal are compared as if they were. */
const inNormalForm = (field: unknown): string | undefined =>
  JSON.stringify(field, (_key, value: unknown) => (typeof value === 'string' ? normalLine(value) : value));

const differs = (asset: Asset, fields: Partial<AssetFields>): boolean =>
  Object.entries(fields).some(([name, value]) => inNormalForm(asset[name as keyof Asset]) !== inNormalForm(value));

const namedBy = ({ cells }: DeviceRow, { named }: Surroundings): Asset | undefined => named.find(({ id }) => id === cells.id);

const existingOf = (row: DeviceRow, around: Surroundings): Asset | undefined => {
  const { serialNumber } = row.cells;
  if (serialNumber === undefined) return namedBy(row, around);
  const keys = serialKeysOf(serialNumber);
  return namedBy(row, around) ?? around.assets.find(({ serialKey }) => serialKey !== undefined && keys.includes(serialKey));
};

/** What an export says of a device and an import cannot bring about. */
const identityFaults = ({ cells }: DeviceRow, { customerId }: Surroundings, existing: Asset | undefined): readonly FieldFault[] => [
  ...(cells.customerId === undefined || cells.customerId === customerId
    ? []
    : [{ path: 'customerId', message: 'is another customer than the one that the table is imported for' }]),
  ...(existing === undefined && cells.status?.toUpperCase() === 'RETIRED'
    ? [{ path: 'status', message: 'is RETIRED: a device that is out of use is not registered' }]
    : []),
];

const planRow = (row: DeviceRow, around: Surroundings): RowPlan => {
  const existing = existingOf(row, around);
  const faults: FieldFault[] = [...identityFaults(row, around, existing)];
  const fields = fieldsOf(row, around, existing, faults);
  const isNew = existing === undefined;
  const complete = isNew && around.defaultLocationId !== undefined ? { locationId: around.defaultLocationId, ...fields } : fields;
  const checked = (isNew ? newDevice : changedDevice).check(complete, faults) as AssetFields;
  const errors = faults.map(({ path, message }) => ({ path: path === 'locationId' ? 'location' : path, message }));
  if (errors.length > 0) return { row: row.row, outcome: 'INVALID', errors };
  if (isNew) return { row: row.row, outcome: 'CREATE', fields: checked };
  // The serial number that it is recognised by may be written in another way; that is no change.
  const { serialNumber: _same, ...changes } = checked as Partial<AssetFields>;
  if (!differs(existing, changes)) return { row: row.row, outcome: 'UNCHANGED', assetId: existing.id };
  if (existing.status === 'RETIRED')
    return { row: row.row, outcome: 'INVALID', errors: [{ path: 'status', message: 'is RETIRED: this device can no longer be changed' }] };
  return { row: row.row, outcome: 'UPDATE', assetId: existing.id, fields: changes };
};

/** What each row comes to, without doing anything. Rows are recognised by id, else by serial number; empty cells change nothing. */
export const planImport = (rows: readonly DeviceRow[], around: Surroundings): readonly RowPlan[] => {
  const firstRow = new Map<string, number>();
  return rows.map((row) => {
    const key = serialKeyOf(row.cells.serialNumber ?? '');
    // A retired device and the one that took its serial number over are two.
    if (namedBy(row, around)?.status === 'RETIRED') return planRow(row, around);
    const earlier = firstRow.get(key);
    if (earlier !== undefined && key !== '') {
      return { row: row.row, outcome: 'INVALID', errors: [{ path: 'serialNumber', message: `is in row ${earlier} already` }] };
    }
    firstRow.set(key, row.row);
    return planRow(row, around);
  });
};
