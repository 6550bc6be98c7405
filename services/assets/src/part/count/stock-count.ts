import type { Entity } from '@riparo/shared/persistence/repository';

export interface CountLine {
  readonly partId: string;
  readonly sku: string;
  readonly name: string;
  readonly counted: number;
  /** Pieces that the books had when somebody looked: what the counter saw, else what they had when the count was posted. */
  readonly expected: number;
  /** Of the adjustment in the ledger of the part. */
  readonly movementId: string;
}

/** An inventory count: what was found on the shelves. Parts that it does not list stay as they are. */
export interface StockCount extends Entity {
  readonly lines: readonly CountLine[];
  readonly reason?: string;
  readonly countedByUserId: string;
  readonly countedAt: Date;
  /** Parts are still to be adjusted. */
  readonly unsettledSince?: Date;
}

export const differenceOf = ({ counted, expected }: CountLine): number => counted - expected;

export const viewCount = ({ unsettledSince: _since, lines, ...count }: StockCount) => ({
  ...count,
  lines: lines.map(({ movementId: _movement, ...line }) => ({ ...line, difference: differenceOf(line as CountLine) })),
});
