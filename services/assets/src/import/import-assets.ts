import Joi from 'joi';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { serialKeysOf } from '@riparo/shared/text/serial-key';
import { editAsset, IN_USE, type Asset } from '../asset/asset.js';
import type { CreateAsset } from '../asset/create-asset.js';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import type { MoveAsset } from '../holdings/move-asset.js';
import { MAX_LOCATIONS } from '../location/add-location.js';
import type { Location } from '../location/location.js';
import type { FindOwner } from '../owner.js';
import { planImport, type RowPlan, type Surroundings } from './plan-import.js';
import { readDevices, type DeviceRow } from './device-table.js';
import { MAX_ROWS } from './read-table.js';
import { DONE, forecastOf, summaryOf } from './row-outcomes.js';

export interface ImportAssets {
  /** The table, with a row of names. */
  readonly csv: string;
  /** `true` (the default) reports what would happen and does nothing. */
  readonly dryRun: boolean;
  /** Staff only. */
  readonly customerId?: string;
}
export const importAssetsBody = Joi.object<ImportAssets>({
  csv: Joi.string().max(1_000_000).required(),
  dryRun: Joi.boolean().default(true),
  customerId: uuid(),
});

export interface ImportAssetsDeps {
  readonly assets: Repository<Asset>;
  readonly locations: Repository<Location>;
  readonly findPrimaries: FindPrimaries;
  readonly findOwner: FindOwner;
  readonly createAsset: CreateAsset;
  readonly moveAsset: MoveAsset;
}
type ImportCall = Call<ImportAssets>;

const lookAround = async (
  { assets, locations, findPrimaries }: ImportAssetsDeps,
  tenantId: string,
  customerId: string,
  rows: readonly DeviceRow[],
): Promise<Surroundings> => {
  const serialKeys = rows.flatMap(({ cells }) => (cells.serialNumber === undefined ? [] : serialKeysOf(cells.serialNumber)));
  const ids = rows.flatMap(({ cells }) => cells.id ?? []);
  const [inUse, named, places, primaries] = await Promise.all([
    assets.in(tenantId).list({ customerId, serialKey: { $in: serialKeys }, status: { $in: IN_USE } }, { limit: MAX_ROWS }),
    assets.in(tenantId).list({ customerId, id: { $in: ids } }, { limit: MAX_ROWS }),
    locations.in(tenantId).list({ customerId }, { limit: MAX_LOCATIONS }),
    findPrimaries(tenantId, [customerId]),
  ]);
  return { customerId, assets: inUse, named, locations: places, defaultLocationId: primaries.get(customerId) };
};

/**
 * By id, as an export names it, else by serial number: a device that is not there is registered, one that is there gets what
 * its row says. So a table that
 * is imported again, or after an interruption, changes nothing twice. Rows with faults are told and left out.
 */
export const importAssets = (deps: ImportAssetsDeps) => {
  const apply = async (plan: RowPlan, id: string, { caller, now }: ImportCall, customerId: string): Promise<string | undefined> => {
    if (plan.outcome === 'CREATE') return (await deps.createAsset(caller, { ...plan.fields, id, customerId }, now)).id;
    if (plan.outcome !== 'UPDATE') return plan.outcome === 'UNCHANGED' ? plan.assetId : undefined;
    const { fields, assetId } = plan;
    const moved = await deps.moveAsset({
      tenantId: caller.tenantId,
      assetId,
      now,
      placeOf: ({ locationId }) =>
        fields.locationId === undefined || fields.locationId === locationId ? undefined : { customerId, locationId: fields.locationId },
      decide: (asset) => editAsset(asset, fields, caller.userId),
    });
    return moved.id;
  };

  /** What another has changed meanwhile is this row's fault, not the whole import's. */
  const applyRow = async (plan: RowPlan, id: string, call: ImportCall, customerId: string) => {
    try {
      const assetId = await apply(plan, id, call, customerId);
      return { row: plan.row, outcome: DONE[plan.outcome], assetId, errors: plan.outcome === 'INVALID' ? plan.errors : undefined };
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      return { row: plan.row, outcome: DONE.INVALID, errors: error.details.errors ?? [{ path: '', message: error.message }] };
    }
  };

  return async (call: ImportCall): Promise<Reply> => {
    const { caller, body } = call;
    const customerId = await deps.findOwner(caller, body.customerId);
    const rows = readDevices(body.csv);
    const plans = planImport(rows, await lookAround(deps, caller.tenantId, customerId, rows));
    if (body.dryRun) {
      const rowsOf = plans.map((plan) => ({ ...forecastOf(plan), assetId: 'assetId' in plan ? plan.assetId : undefined }));
      return ok({ dryRun: true, ...summaryOf(rowsOf), rows: rowsOf });
    }
    // One for every row, so that a repeated request gives a row the id that it had, whatever was done before it stopped.
    const idsOfRows = plans.map(() => call.ids.next());
    const done = [];
    for (const [index, plan] of plans.entries()) done.push(await applyRow(plan, idsOfRows[index] ?? '', call, customerId));
    return ok({ dryRun: false, ...summaryOf(done), rows: done });
  };
};
