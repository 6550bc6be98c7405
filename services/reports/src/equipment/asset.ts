import type { AssetCategory, AssetStatus } from '@riparo/shared/contracts/enums';
import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import { keyOf } from '../replica/texts.js';

/** A registered device as this service keeps it: what kind it is, and enough to know it by. */
export interface Asset {
  readonly customerId: string;
  readonly category: AssetCategory;
  readonly brand: string;
  readonly brandKey: string;
  readonly model: string;
  readonly modelKey: string;
  readonly serialNumber: string;
  readonly status: AssetStatus;
}

/** By which brands and models are told apart. */
export const keysOf = ({ brand, model }: Pick<Asset, 'brand' | 'model'>): Pick<Asset, 'brandKey' | 'modelKey'> => ({
  brandKey: keyOf(brand),
  modelKey: keyOf(model),
});

export const toAsset = ({ customerId, category, brand, model, serialNumber, status }: PublishedAsset): Asset => ({
  customerId,
  category,
  brand,
  model,
  ...keysOf({ brand, model }),
  serialNumber,
  status,
});
