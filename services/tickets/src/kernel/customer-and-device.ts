import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';
import { type Replicas, customerName } from '../replica/replicas.js';
import { assetNotFound, assetRetired, customerNotActive, customerNotFound, locationNotFound } from './customer-and-device.errors.js';
import type { AssetLookup } from '../replica/asset-lookup.js';

interface Deps {
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
}

/** The device, if it belongs to this customer. A device of another customer is answered 404. */
export const assetOf = async (
  { assetLookup }: Pick<Deps, 'assetLookup'>,
  tenantId: string,
  customerId: string,
  assetId: string,
): Promise<PublishedAsset> => {
  const asset = await assetLookup.asset(tenantId, assetId);
  if (asset?.customerId !== customerId) throw assetNotFound();
  if (asset.status === 'RETIRED') throw assetRetired();
  return asset;
};

export const checkLocation = async (
  { assetLookup }: Pick<Deps, 'assetLookup'>,
  tenantId: string,
  customerId: string,
  locationId: string,
): Promise<void> => {
  const location = await assetLookup.location(tenantId, locationId);
  if (location?.customerId !== customerId || location.removed) throw locationNotFound();
};

/**
 * The customer of a ticket: a customer's caller always means their own one, whatever the body says; the desk names one.
 * The event of a customer who registered a moment ago may not have arrived yet; the token of such a caller is proof
 * enough.
 */
export const customerOf = async (
  { replicas }: Pick<Deps, 'replicas'>,
  caller: Caller,
  wanted: string | undefined,
): Promise<{ readonly customerId: string; readonly customer: PublishedCustomer | undefined }> => {
  const customerId = caller.customerId ?? wanted;
  if (customerId === undefined) throw invalidInput([{ path: 'customerId', message: 'is required' }]);
  const customer = await replicas.customers.find(caller.tenantId, customerId);
  if (customer === undefined && caller.customerId === undefined) throw customerNotFound();
  if (customer !== undefined && customer.status !== 'ACTIVE') throw customerNotActive();
  return { customerId, customer };
};

export const customerWords = (customer: PublishedCustomer | undefined): readonly string[] =>
  customer === undefined ? [] : searchWords(customerName(customer));

/** Search words of a ticket, besides its number. */
export const ticketSearchWords = (
  { title, description }: { readonly title: string; readonly description: string },
  customer: PublishedCustomer | undefined,
  asset: PublishedAsset | undefined,
): readonly string[] =>
  boundedWords([...new Set([...searchWords(title), ...customerWords(customer), ...assetWords(asset), ...searchWords(description)])]);

export const assetWords = (asset: PublishedAsset | undefined): readonly string[] =>
  asset === undefined ? [] : searchWords(asset.friendlyName, asset.brand, asset.model, asset.serialNumber);
