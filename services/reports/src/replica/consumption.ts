import type { Money } from '@riparo/shared/contracts/money';
import type { StockMovedV1 } from '@riparo/shared/contracts/parts.events';

/** Pieces of a part that were built in, as this service keeps them: one for each movement of the ledger. */
export interface Consumption {
  readonly partId: string;
  readonly sku: string;
  readonly name: string;
  readonly at: Date;
  readonly pieces: number;
  /** Of all pieces, without VAT; 0 where the warranty paid. */
  readonly revenue: Money;
  /** What all pieces cost the centre. */
  readonly cost: Money;
}

/** `undefined` for a movement that built nothing in. */
export const toConsumption = ({ part, movement, at }: Pick<StockMovedV1, 'part' | 'movement' | 'at'>): Consumption | undefined => {
  const { kind, quantity, unitCost, unitPrice, value } = movement;
  if (kind !== 'CONSUMPTION') return undefined;
  const pieces = Math.abs(quantity);
  const times = ({ amount, currency }: Money): Money => ({ amount: amount * pieces, currency });
  const { id: partId, sku, name } = part;
  return {
    partId,
    sku,
    name,
    at: new Date(at),
    pieces,
    revenue: times(unitPrice ?? { ...unitCost, amount: 0 }),
    cost: value === undefined ? times(unitCost) : { ...value, amount: Math.abs(value.amount) },
  };
};
