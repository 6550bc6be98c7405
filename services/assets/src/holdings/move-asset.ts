import { isDomainError } from '@riparo/shared/errors/domain-error';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import type { Decision, Repository } from '@riparo/shared/persistence/repository';
import type { Asset } from '../asset/asset.js';
import { assetNotFound, serialNumberTaken } from '../asset/asset.errors.js';
import type { PlaceAsset, Placement } from './place-asset.js';

export interface Move {
  readonly tenantId: string;
  readonly assetId: string;
  readonly ifMatch?: number;
  readonly now: Date;
  /** Where it shall be and in which plan; `undefined`: it stays where it is and needs nobody's leave. Throws refusals. */
  readonly placeOf: (asset: Asset) => Pick<Placement, 'customerId' | 'locationId' | 'plan'> | undefined;
  readonly decide: (asset: Asset, servicePlanId: string | undefined) => Decision<Asset>;
}

/** Changes a device; where its place, owner or plan changes, the customer's holdings admit it first. */
export type MoveAsset = (move: Move) => Promise<Asset>;

const MAX_LOST_RACES = 20;

const wasOvertaken = (error: unknown): boolean => isDomainError(error) && error.code === 'STALE_VERSION';

/** The one unique index that a change of a device can run into. */
export const refuseTakenSerial = (error: unknown): never => {
  throw error instanceof DuplicateKeyError && error.fields.includes('serialKey') ? serialNumberTaken() : error;
};

export const createMoveAsset = (assets: Repository<Asset>, placeAsset: PlaceAsset): MoveAsset => {
  const write = async ({ tenantId, assetId, decide }: Move, servicePlanId: string | undefined, ifMatch: number | undefined) => {
    const saved = await assets
      .in(tenantId)
      .update(assetId, (asset) => decide(asset, servicePlanId), { ifMatch })
      .catch(refuseTakenSerial);
    if (saved === undefined) throw assetNotFound();
    return saved;
  };

  const attempt = async (move: Move, tries: number): Promise<Asset> => {
    const { tenantId, assetId, ifMatch, now } = move;
    const asset = await assets.in(tenantId).find(assetId);
    if (asset === undefined) throw assetNotFound();
    const place = move.placeOf(asset);
    if (place === undefined) return write(move, undefined, ifMatch);
    // The holdings admit one version of the device; if that was overtaken, and the caller did not insist on it, once more.
    const placement = { ...place, tenantId, assetId, assetVersion: asset.version, now };
    return placeAsset(placement, (servicePlanId) => write(move, servicePlanId, ifMatch ?? asset.version)).catch((error: unknown) => {
      if (!wasOvertaken(error) || ifMatch !== undefined || tries >= MAX_LOST_RACES) throw error;
      return attempt(move, tries + 1);
    });
  };
  return (move) => attempt(move, 1);
};
