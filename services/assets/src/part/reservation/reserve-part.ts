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
import type { Reservation } from './reservation.js';
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
  unitPrice: moneyOrMinorUnits().description(
    'Of one piece, without VAT; only the desk says it. Default: what the desk or an accepted quote last said for this part and repair, else the sale price of the part.',
  ),
});

interface Deps {
  readonly findRepair: FindRepair;
  readonly placeReservation: PlaceReservation;
  readonly reservations: ReservationStore;
}

type Price = Pick<Reservation, 'unitPrice' | 'priceAgreed' | 'vatRate'>;

/** The price as the desk says it. */
export const saidPrice = (part: Part, unitPrice: Money | number) =>
  ({ ...inCurrency({ unitPrice }, currencyOf(part)), priceAgreed: true }) as const;

/** What was agreed for this part and repair holds also after the reservation was released; nobody gets around it by reserving anew. */
const usualPrice = async (
  { reservations }: Pick<Deps, 'reservations'>,
  tenantId: string,
  { id: partId, salePrice }: Part,
  repairId: string,
): Promise<Price> => {
  const agreed = await reservations.lastAgreed(tenantId, partId, repairId);
  if (agreed?.unitPrice.currency !== salePrice.currency) return { unitPrice: salePrice };
  const { unitPrice, vatRate } = agreed;
  return { unitPrice, priceAgreed: true, ...(vatRate === undefined ? {} : { vatRate }) };
};

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
      const price = unitPrice === undefined ? await usualPrice({ reservations }, tenantId, before, repairId) : saidPrice(before, unitPrice);
      return reserve(before, { id, repairId, quantity, charge, ...price }, by);
    };
    const part = await placeReservation(tenantId, { partId, repairId, reservationIds: [id] }, prepare, by);
    if (part === undefined) throw repairWorkEnded((await findRepair(tenantId, repairId))?.status ?? repair.status);
    const reservation = part.reservations.find((one) => one.id === id) ?? (await reservations.find(tenantId, id));
    if (reservation === undefined) throw reservationNotFound();
    return created(`/parts/reservations/${id}`, viewReservation(reservation, part));
  };
