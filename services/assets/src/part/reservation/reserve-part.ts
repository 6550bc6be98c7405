import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import { RESERVATION_CHARGES, type ReservationCharge } from '@riparo/shared/contracts/parts.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { pieces } from '@riparo/shared/http/price-line-schema';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, oneOf, uuid } from '@riparo/shared/http/schemas';
import { inCurrency } from '../catalogue.js';
import { deskOnly, partInOtherCurrency, reservationNotFound, repairWorkEnded } from '../part.errors.js';
import { currencyOf, type Part } from '../part.js';
import { reserve } from './decide-reservation.js';
import type { FindRepair } from './find-repair.js';
import type { PlaceReservation } from './place-reservation.js';
import { repairInWork } from './repair-work.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';

export interface ReservePart {
  readonly partId: string;
  readonly repairId: string;
  readonly quantity: number;
  readonly charge?: ReservationCharge;
  readonly unitPrice?: Money | number;
}
export const reservePartBody = Joi.object<ReservePart>({
  partId: uuid().required(),
  repairId: uuid().required(),
  quantity: pieces().default(1),
  charge: oneOf(RESERVATION_CHARGES).description(
    'Default: WARRANTY for a repair under warranty, else BILLED. WARRANTY without a warranty is for the desk to say.',
  ),
  unitPrice: moneyOrMinorUnits().description('Of one piece, without VAT; only the desk says it. Default: the sale price of the part.'),
});

interface Deps {
  readonly findRepair: FindRepair;
  readonly placeReservation: PlaceReservation;
  readonly reservations: ReservationStore;
}

export const priceOf = (part: Part, unitPrice: Money | number): Money => inCurrency({ unitPrice }, currencyOf(part)).unitPrice;

/** Pieces that are on the shelf are RESERVED; when there are fewer, the whole reservation is BACKORDERED. */
export const reservePart =
  ({ findRepair, placeReservation, reservations }: Deps) =>
  async ({ caller, body, ids, now }: Call<ReservePart>): Promise<Reply> => {
    const { tenantId, userId, role } = caller;
    const { partId, repairId, quantity, unitPrice } = body;
    if (unitPrice !== undefined && !isDesk(role)) throw invalidInput([deskOnly('unitPrice')]);
    const repair = await repairInWork(findRepair, caller, repairId, body.charge);
    const charge = body.charge ?? (repair.underWarranty ? 'WARRANTY' : 'BILLED');
    const id = ids.next();
    const by = { at: now, userId };
    const prepare = async (before: Part) => {
      if ((await reservations.find(tenantId, id)) !== undefined) return { state: before };
      const currency = currencyOf(before);
      if (repair.currency !== undefined && repair.currency !== currency) throw partInOtherCurrency(currency, repair.currency);
      const price = unitPrice === undefined ? before.salePrice : priceOf(before, unitPrice);
      return reserve(before, { id, repairId, quantity, charge, unitPrice: price }, by);
    };
    const part = await placeReservation(tenantId, { partId, repairId, reservationIds: [id] }, prepare, by);
    if (part === undefined) throw repairWorkEnded((await findRepair(tenantId, repairId))?.status ?? repair.status);
    const reservation = part.reservations.find((one) => one.id === id) ?? (await reservations.find(tenantId, id));
    if (reservation === undefined) throw reservationNotFound();
    return created(`/parts/reservations/${id}`, viewReservation(reservation, part));
  };
