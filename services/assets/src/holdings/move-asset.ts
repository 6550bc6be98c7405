import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { refuseStaleVersion, type IfMatch } from '@riparo/shared/persistence/if-match';
import type { Decision, Repository, SaveOnce } from '@riparo/shared/persistence/repository';
import type { Asset } from '../asset/asset.js';
import { assetNotFound, serialNumberTaken } from '../asset/asset.errors.js';
import type { PlaceAsset, Placement } from './place-asset.js';

export interface Move {
  readonly tenantId: string;
  readonly assetId: string;
  readonly ifMatch?: IfMatch;
  readonly now: Date;
  /** Where it shall be and in which plan; `undefined`: it stays where it is and needs nobody's leave. Throws refusals. */
  readonly placeOf: (asset: Asset) => Pick<Placement, 'customerId' | 'locationId' | 'plan'> | undefined;
  readonly decide: (asset: Asset, servicePlanId: string | undefined) => Decision<Asset>;
}

/** Changes a device; where its place, owner or plan changes, the customer's holdings admit it first. */
export type MoveAsset = (move: Move) => Promise<Asset>;

/** The one unique index that a change of a device can run into. */
export const refuseTakenSerial = (error: unknown): never => {
  throw error instanceof DuplicateKeyError && error.fields.includes('serialKey') ? serialNumberTaken() : error;
};

export const createMoveAsset =
  (assets: Repository<Asset>, placeAsset: PlaceAsset): MoveAsset =>
  async ({ tenantId, assetId, ifMatch, now, placeOf, decide }) => {
    const prepare = (asset: Asset, save: SaveOnce<Asset>): Promise<Asset> => {
      const write = (servicePlanId: string | undefined): Promise<Asset> =>
        save((current) => decide(current, servicePlanId)).catch(refuseTakenSerial);
      const place = placeOf(asset);
      refuseStaleVersion(ifMatch, asset.version);
      // The holdings admit one version of the device, and that is the one which is written.
      return place === undefined ? write(undefined) : placeAsset({ ...place, tenantId, assetId, assetVersion: asset.version, now }, write);
    };
    const moved = await assets.in(tenantId).updateAfter(assetId, prepare);
    if (moved === undefined) throw assetNotFound();
    return moved;
  };
