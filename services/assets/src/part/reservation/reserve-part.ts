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
import { deskOnly, partInOtherCurrency, reservationNotFound } from '../part.errors.js';
import { currencyOf, type Part } from '../part.js';
import { reserve } from './decide-reservation.js';
import type { OpenWork } from './open-work.js';
import type { PlaceReservation } from './place-reservation.js';
import { purposeOf, type Purpose, type Reservation } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';

export interface ReservePart {
  readonly partId: string;
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly quantity: number;
  readonly charge?: ReservationCharge;
  readonly unitPrice?: Money | number;
}
export const reservePartBody = Joi.object<ReservePart>({
  partId: uuid().required(),
  repairId: uuid().description('Either this or `workReportId`.'),
  workReportId: uuid().description('A report of work on a ticket; for one of a repair, reserve for the repair.'),
  quantity: pieces().default(1),
  charge: oneOf(RESERVATION_CHARGES).description(
    'Default: WARRANTY for a repair under warranty, else BILLED. WARRANTY without a warranty is for the desk to say.',
  ),
  unitPrice: moneyOrMinorUnits().description(
    'Of one piece, without VAT; only the desk says it. Default: what the desk or an accepted quote last said for this part and repair or report, else the sale price of the part.',
  ),
}).xor('repairId', 'workReportId');

interface Deps {
  readonly openWork: OpenWork;
  readonly placeReservation: PlaceReservation;
  readonly reservations: ReservationStore;
}

type Price = Pick<Reservation, 'unitPrice' | 'priceAgreed' | 'vatRate'>;

/** The price as the desk says it. */
export const saidPrice = (part: Part, unitPrice: Money | number) =>
  ({ ...inCurrency({ unitPrice }, currencyOf(part)), priceAgreed: true }) as const;

/** What was agreed for this part and work holds also after the reservation was released; nobody gets around it by reserving anew. */
const usualPrice = async (
  { reservations }: Pick<Deps, 'reservations'>,
  tenantId: string,
  { id: partId, salePrice }: Part,
  of: Purpose,
): Promise<Price> => {
  const agreed = await reservations.lastAgreed(tenantId, partId, of);
  if (agreed?.unitPrice.currency !== salePrice.currency) return { unitPrice: salePrice };
  const { unitPrice, vatRate } = agreed;
  return { unitPrice, priceAgreed: true, ...(vatRate === undefined ? {} : { vatRate }) };
};

/** Pieces that are on the shelf are RESERVED; when there are fewer, the whole reservation is BACKORDERED. */
export const reservePart =
  ({ openWork, placeReservation, reservations }: Deps) =>
  async ({ caller, body, ids, now }: Call<ReservePart>): Promise<Reply> => {
    const { tenantId, userId, role } = caller;
    const { partId, quantity, unitPrice } = body;
    const of = purposeOf(body);
    if (unitPrice !== undefined && !isDesk(role)) throw invalidInput([deskOnly('unitPrice')]);
    const work = await openWork(caller, of, body.charge);
    const charge = body.charge ?? (work.underWarranty ? 'WARRANTY' : 'BILLED');
    const id = ids.next();
    const by = { at: now, userId };
    const prepare = async (before: Part) => {
      if ((await reservations.find(tenantId, id)) !== undefined) return { state: before };
      const currency = currencyOf(before);
      if (work.currency !== undefined && work.currency !== currency) throw partInOtherCurrency(currency, work.currency);
      const price = unitPrice === undefined ? await usualPrice({ reservations }, tenantId, before, of) : saidPrice(before, unitPrice);
      return reserve(before, { id, ...of, quantity, charge, ...price }, by);
    };
    const part = await placeReservation(tenantId, { partId, of, reservationIds: [id] }, prepare, by);
    if (part === undefined) throw await work.ended();
    const reservation = part.reservations.find((one) => one.id === id) ?? (await reservations.find(tenantId, id));
    if (reservation === undefined) throw reservationNotFound();
    return created(`/parts/reservations/${id}`, viewReservation(reservation, part));
  };
