import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { ReservationCharge } from '@riparo/shared/contracts/parts.events';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { ReservedPart } from '../parts/find-reserved.js';
import { zero, type Repair } from '../repair.js';

/** What the technician says of one reservation; a reservation that is not named was used up. */
export interface PartUse {
  readonly reservationId: string;
  readonly used: number;
  readonly unused?: PublishedPartUse['unused'];
  /** Of a claim: who pays for this part, where the warranty does not cover all of the damage. */
  readonly charge?: ReservationCharge;
}

/** What decides who pays for parts. */
export interface Cover {
  readonly warrantyClaimOf?: Repair['warrantyClaimOf'];
  readonly notCoveredReason?: string | undefined;
}

const chargeFault = ({ partId }: ReservedPart, charge: ReservationCharge, { warrantyClaimOf: claim, notCoveredReason }: Cover) => {
  if (claim === undefined) return 'charge is only for claims';
  if (charge === 'BILLED') return notCoveredReason === undefined ? 'charge must come with notCoveredReason' : undefined;
  return claim.items.some((item) => item.partId === partId)
    ? undefined
    : `charge must be BILLED: ${claim.number} has no warranty on this part`;
};

const faultOf = (use: PartUse, reserved: ReadonlyMap<string, ReservedPart>, cover: Cover): string | undefined => {
  const { reservationId, used, charge } = use;
  const part = reserved.get(reservationId);
  if (part === undefined) return 'reservationId is no open reservation of this repair';
  if (part.state === 'BACKORDERED' && used > 0) return 'used must be 0: the pieces have not arrived';
  if (used > part.quantity) return `used must be at most ${part.quantity}, which are reserved`;
  return charge === undefined ? undefined : chargeFault(part, charge, cover);
};

/** Faults of what was said about parts, each at its field. */
export const partFaults = (uses: readonly PartUse[], reserved: readonly ReservedPart[], cover: Cover): readonly FieldFault[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return uses.flatMap((use, index) => {
    const fault = faultOf(use, byId, cover);
    if (fault === undefined) return [];
    const [field = '', ...message] = fault.split(' ');
    return [{ path: `parts.${index}.${field}`, message: message.join(' ') }];
  });
};

/**
 * Who pays for a part. A claim pays for all of them. Where the warranty does not cover the damage, it pays for no part
 * either, except for those of a claim that the technician names: the display is replaced again, the new crack is not.
 */
const chargeOf = ({ charge }: ReservedPart, said: PartUse | undefined, { warrantyClaimOf, notCoveredReason }: Cover): ReservationCharge => {
  if (notCoveredReason !== undefined) return said?.charge ?? 'BILLED';
  return warrantyClaimOf === undefined ? charge : 'WARRANTY';
};

/** What becomes of every reservation with pieces on the shelf. */
export const partUses = (uses: readonly PartUse[], reserved: readonly ReservedPart[], cover: Cover): readonly PublishedPartUse[] => {
  const said = new Map(uses.map((use) => [use.reservationId, use]));
  return reserved
    .filter(({ state }) => state === 'RESERVED')
    .map((part) => {
      const { id, partId, name, quantity, warrantyMonths } = part;
      const charge = chargeOf(part, said.get(id), cover);
      return compact({ partId, name, used: quantity, ...said.get(id), reservationId: id, charge, warrantyMonths });
    });
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
