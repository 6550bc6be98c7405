import { isDeepStrictEqual } from 'node:util';
import {
  AssetRegistered,
  AssetRetired,
  AssetUpdated,
  type AssetChange,
  type AssetEventV1,
  type PublishedAsset,
} from '@riparo/shared/contracts/assets.events';
import type { AssetCategory, AssetStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent, EventContract } from '@riparo/shared/contracts/event';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { cut } from '@riparo/shared/text/cut';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import { photoLimitReached } from '../photo/photo.errors.js';
import { assetWords } from './asset-words.js';
import { assetRetired, warrantyBeforePurchase } from './asset.errors.js';

export interface AssetFields {
  readonly locationId: string;
  readonly friendlyName: string;
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly primaryUser?: string;
  readonly os?: string;
  /** `YYYY-MM-DD`. */
  readonly purchaseDate?: string;
  /** `YYYY-MM-DD`, the last day covered. */
  readonly warrantyEndDate?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
}

export interface Photo {
  readonly id: string;
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly byteCount: number;
  readonly addedAt: Date;
  readonly addedByUserId: string;
}

export interface Asset extends Entity, AssetFields {
  readonly customerId: string;
  readonly status: AssetStatus;
  readonly servicePlanId?: string;
  readonly tags: readonly string[];
  readonly photos?: readonly Photo[];
  /** Repairs that keep it at the counter; while there are any, it is IN_REPAIR. */
  readonly repairsUnderWay?: readonly string[];
  /** What must be unique for a customer; gone once the device is retired. */
  readonly serialKey?: string;
  /** Words of the search, see asset-words.ts. */
  readonly searchWords: readonly string[];
  /** For sorting by name as people expect it. */
  readonly nameKey: string;
}

/** Statuses of devices that still belong somewhere. */
export const IN_USE: readonly AssetStatus[] = ['ACTIVE', 'IN_REPAIR'];

const withKeys = <T extends AssetFields & { readonly status: AssetStatus }>(asset: T) => ({
  ...asset,
  serialKey: asset.status === 'RETIRED' ? undefined : serialKeyOf(asset.serialNumber),
  searchWords: assetWords(asset),
  nameKey: asset.friendlyName.toLowerCase(),
});

const checked = <T extends AssetFields>(asset: T): T => {
  const { purchaseDate, warrantyEndDate } = asset;
  if (purchaseDate !== undefined && warrantyEndDate !== undefined && warrantyEndDate < purchaseDate) throw warrantyBeforePurchase();
  return asset;
};

export interface NewAsset extends AssetFields {
  readonly id: string;
  readonly customerId: string;
  readonly servicePlanId?: string;
}

export const newAsset = ({ tags = [], ...fields }: NewAsset): Draft<Asset> =>
  withKeys({ ...checked(fields), tags, status: 'ACTIVE' as const });

const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

export const publishAsset = (asset: Asset): PublishedAsset => ({
  id: asset.id,
  customerId: asset.customerId,
  locationId: asset.locationId,
  friendlyName: asset.friendlyName,
  category: asset.category,
  brand: asset.brand,
  model: asset.model,
  serialNumber: asset.serialNumber,
  status: asset.status,
  ...given({ servicePlanId: asset.servicePlanId, purchaseDate: asset.purchaseDate, warrantyEndDate: asset.warrantyEndDate }),
});

const TOLD = ['status', 'locationId', 'servicePlanId', 'customerId'] as const;

const changesOf = (before: Partial<Asset>, after: Asset): readonly AssetChange[] =>
  TOLD.flatMap((field) => (before[field] === after[field] ? [] : [{ field, ...given({ from: before[field], to: after[field] }) }]));

const tell = (contract: EventContract<AssetEventV1>, before: Partial<Asset>, after: Asset, actorUserId: string | undefined): DomainEvent =>
  contract.with({ asset: publishAsset(after), changes: changesOf(before, after), ...given({ actorUserId }) });

export const assetRegistered = (actorUserId: string | undefined) => (asset: Asset) => [tell(AssetRegistered, {}, asset, actorUserId)];

/** Fields that are given replace, `null` clears, the others stay. */
export type AssetEdit = { readonly [K in keyof AssetFields]?: AssetFields[K] | null } & {
  readonly status?: AssetStatus;
  readonly servicePlanId?: string | null;
  readonly customerId?: string;
};

const MAX_NAME = 100;
/** What a device is called that nobody has given a name: `Dell Latitude 7420`. */
export const nameOf = ({ brand, model }: Pick<AssetFields, 'brand' | 'model'>): string => cut(`${brand} ${model}`, MAX_NAME);

/** In another customer's hands it is in no repair of the earlier one's. */
const leftRepair = ({ status, repairsUnderWay = [] }: Asset, edit: AssetEdit): Partial<Asset> =>
  repairsUnderWay.length === 0
    ? {}
    : { repairsUnderWay: [], ...(status === 'IN_REPAIR' && edit.status === undefined ? { status: 'ACTIVE' as const } : {}) };

/**
 * What a device keeps when it is handed to another customer: what it is, and until when it is covered. What the earlier owner
 * called it, wrote about it and photographed stays with nobody: names of people, notes, tags and pictures are theirs.
 */
const handedOver = (asset: Asset, edit: AssetEdit): Partial<Asset> => {
  if (edit.customerId === undefined || edit.customerId === asset.customerId) return {};
  const friendlyName = edit.friendlyName ?? nameOf(asset);
  return { friendlyName, primaryUser: undefined, notes: undefined, tags: [], photos: undefined, ...leftRepair(asset, edit) };
};

/**
 * A key that an earlier version made stays until the serial number or the owner changes, or the job renews it: another device
 * may have the key that would be made today, and no other edit is refused for that.
 */
const withKeptSerialKey = (before: Asset, after: Asset): Asset => {
  const isKept = before.serialKey !== undefined && before.serialNumber === after.serialNumber && before.customerId === after.customerId;
  return isKept ? { ...after, serialKey: before.serialKey } : after;
};

/** A retired device stays as it is, except that staff may bring it back by giving it another status. */
export const editAsset = (asset: Asset, edit: AssetEdit, actorUserId: string | undefined): Decision<Asset> => {
  if (asset.status === 'RETIRED' && (edit.status ?? 'RETIRED') === 'RETIRED') throw assetRetired();
  const cleared = Object.fromEntries(Object.entries(given(edit)).map(([field, value]) => [field, value ?? undefined]));
  const merged = { ...asset, ...cleared, ...handedOver(asset, edit) } as Omit<Asset, 'tags'> & Partial<Pick<Asset, 'tags'>>;
  const after = withKeptSerialKey(asset, withKeys(checked({ ...merged, tags: merged.tags ?? [] })));
  if (isDeepStrictEqual(given(after), given(asset))) return { state: asset };
  return { state: after, events: [tell(AssetUpdated, asset, after, actorUserId)] };
};

const statusUnder = (asset: Asset, before: number, after: number): AssetStatus => {
  if (before === 0 && after > 0 && asset.status === 'ACTIVE') return 'IN_REPAIR';
  return before > 0 && after === 0 && asset.status === 'IN_REPAIR' ? 'ACTIVE' : asset.status;
};

/**
 * Its status follows its repairs: with the first that is under way it is IN_REPAIR, after the last ACTIVE again. What the
 * desk sets by hand in between stays until then, and a retired device stays retired.
 */
export const followRepair = (asset: Asset, repairId: string, isUnderWay: boolean): Decision<Asset> => {
  const before = asset.repairsUnderWay ?? [];
  if (before.includes(repairId) === isUnderWay) return { state: asset };
  const repairsUnderWay = isUnderWay ? [...before, repairId] : before.filter((id) => id !== repairId);
  const after: Asset = { ...asset, repairsUnderWay, status: statusUnder(asset, before.length, repairsUnderWay.length) };
  return { state: after, events: after.status === asset.status ? [] : [tell(AssetUpdated, asset, after, undefined)] };
};

/** Frees its serial number and its place in a plan; retiring twice changes nothing. */
export const retireAsset = (asset: Asset, actorUserId: string | undefined): Decision<Asset> => {
  if (asset.status === 'RETIRED') return { state: asset };
  const after = withKeys({ ...asset, status: 'RETIRED' as const, servicePlanId: undefined }) as Asset;
  return { state: after, events: [tell(AssetRetired, asset, after, actorUserId)] };
};

export const MAX_PHOTOS = 20;

/** Photos are no news to other services: no event. Adding one twice changes nothing. */
export const addPhoto = (asset: Asset, photo: Photo): Decision<Asset> => {
  const photos = asset.photos ?? [];
  if (photos.some(({ id }) => id === photo.id)) return { state: asset };
  if (photos.length >= MAX_PHOTOS) throw photoLimitReached(MAX_PHOTOS);
  return { state: { ...asset, photos: [...photos, photo] } };
};

export const removePhoto = (asset: Asset, photoId: string): Decision<Asset> => ({
  state: { ...asset, photos: asset.photos?.filter(({ id }) => id !== photoId) },
});
