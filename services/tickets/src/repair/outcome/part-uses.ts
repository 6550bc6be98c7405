import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { ReservedPart } from '../parts/find-reserved.js';
import { zero } from '../repair.js';

/** What the technician says of one reservation; a reservation that is not named was used up. */
export interface PartUse {
  readonly reservationId: string;
  readonly used: number;
  readonly unused?: PublishedPartUse['unused'];
}

const faultOf = ({ reservationId, used }: PartUse, reserved: ReadonlyMap<string, ReservedPart>): string | undefined => {
  const part = reserved.get(reservationId);
  if (part === undefined) return 'reservationId is no open reservation of this repair';
  if (part.state === 'BACKORDERED' && used > 0) return 'used must be 0: the pieces have not arrived';
  return used > part.quantity ? `used must be at most ${part.quantity}, which are reserved` : undefined;
};

/** Faults of what was said about parts, each at its field. */
export const partFaults = (uses: readonly PartUse[], reserved: readonly ReservedPart[]): readonly FieldFault[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return uses.flatMap((use, index) => {
    const fault = faultOf(use, byId);
    if (fault === undefined) return [];
    const [field = '', ...message] = fault.split(' ');
    return [{ path: `parts.${index}.${field}`, message: message.join(' ') }];
  });
};

/**
 * What becomes of every reservation with pieces on the shelf. Where the warranty does not cover the damage (`isCovered` is
 * false), it pays for no part either.
 */
export const partUses = (uses: readonly PartUse[], reserved: readonly ReservedPart[], isCovered: boolean): readonly PublishedPartUse[] => {
  const said = new Map(uses.map((use) => [use.reservationId, use]));
  return reserved
    .filter(({ state }) => state === 'RESERVED')
    .map(({ id, partId, quantity, charge }) => ({
      partId,
      used: quantity,
      ...said.get(id),
      reservationId: id,
      charge: isCovered ? charge : ('BILLED' as const),
    }));
};

/** A line for every part that was built in; what the warranty pays costs nothing. */
export const partLines = (uses: readonly PublishedPartUse[], reserved: readonly ReservedPart[]): readonly PriceLine[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return uses.flatMap(({ reservationId, used, charge }) => {
    const part = byId.get(reservationId);
    if (part === undefined || used === 0) return [];
    const { name, unitPrice, vatRate, partId } = part;
    const price = charge === 'WARRANTY' ? zero(unitPrice) : unitPrice;
    return [{ kind: 'PART' as const, description: name, quantity: used, unitPrice: price, vatRate, partId }];
  });
};
