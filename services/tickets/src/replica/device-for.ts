import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { Caller } from '@riparo/shared/contracts/caller';

/** The device that work for a customer was about, as this caller may see it: once it is somebody else's, it is not theirs to read of. */
export const deviceFor = <T extends Pick<PublishedAsset, 'customerId'>>(
  { customerId: own }: Caller,
  customerId: string,
  device: T | undefined,
): T | undefined => (own === undefined || device?.customerId === customerId ? device : undefined);
