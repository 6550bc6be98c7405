import type { PublishedPart } from '@riparo/shared/contracts/parts.events';

/** A part as this service keeps it, for those that work names by their id. */
export type Part = Pick<PublishedPart, 'sku' | 'name'>;

export const toPart = ({ sku, name }: PublishedPart): Part => ({ sku, name });
