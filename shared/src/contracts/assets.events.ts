import Joi from 'joi';
import { ASSET_CATEGORIES, ASSET_STATUSES, type AssetCategory, type AssetStatus } from './enums.js';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

export interface PublishedLocation {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly addressLine1: string;
  readonly addressLine2?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly isPrimary: boolean;
  readonly removed: boolean;
}

export interface PublishedAsset {
  readonly id: string;
  readonly customerId: string;
  readonly locationId: string;
  readonly friendlyName: string;
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly status: AssetStatus;
  readonly servicePlanId?: string;
  /** `YYYY-MM-DD`. */
  readonly purchaseDate?: string;
  /** `YYYY-MM-DD`, the last day covered. */
  readonly warrantyEndDate?: string;
}

const location = Joi.object({
  id: id.required(),
  customerId: id.required(),
  name: text.required(),
  addressLine1: text.required(),
  addressLine2: text,
  city: text.required(),
  state: text.required(),
  postalCode: text.required(),
  country: text.required(),
  isPrimary: Joi.boolean().required(),
  removed: Joi.boolean().required(),
}).unknown(true);

const asset = Joi.object({
  id: id.required(),
  customerId: id.required(),
  locationId: id.required(),
  friendlyName: text.required(),
  category: Joi.valid(...ASSET_CATEGORIES).required(),
  brand: text.required(),
  model: text.required(),
  serialNumber: text.required(),
  status: Joi.valid(...ASSET_STATUSES).required(),
  servicePlanId: id,
  purchaseDate: instant,
  warrantyEndDate: instant,
}).unknown(true);

export interface LocationEventV1 {
  readonly location: PublishedLocation;
}
const locationData = Joi.object<LocationEventV1>({ location: location.required() });
export const LocationAdded = defineEvent<LocationEventV1>(
  'riparo.assets.location-added.v1',
  'A customer has a new location.',
  locationData,
);
export const LocationUpdated = defineEvent<LocationEventV1>('riparo.assets.location-updated.v1', 'A location changed.', locationData);
export const LocationRemoved = defineEvent<LocationEventV1>('riparo.assets.location-removed.v1', 'A location was removed.', locationData);

export interface AssetEventV1 {
  readonly asset: PublishedAsset;
}
const assetData = Joi.object<AssetEventV1>({ asset: asset.required() });
export const AssetRegistered = defineEvent<AssetEventV1>('riparo.assets.asset-registered.v1', 'A device was registered.', assetData);
export const AssetUpdated = defineEvent<AssetEventV1>('riparo.assets.asset-updated.v1', 'A device changed.', assetData);
export const AssetRetired = defineEvent<AssetEventV1>('riparo.assets.asset-retired.v1', 'A device was retired.', assetData);
