import Joi from 'joi';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { Money } from '@riparo/shared/contracts/money';
import { RESERVATION_CHARGES, type ReservationCharge } from '@riparo/shared/contracts/parts.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { pieces } from '@riparo/shared/http/price-line-schema';
import { noContent, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, oneOf } from '@riparo/shared/http/schemas';
import type { Decision, Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import { deskOnly, reservationEnded, reservationNotFound } from '../part.errors.js';
import type { ChangePart } from '../stock/change-part.js';
import { editReservation, release } from './decide-reservation.js';
import type { OpenWork } from './open-work.js';
import type { Reservation } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';
import { saidPrice } from './reserve-part.js';
import { viewReservation } from './reservation.view.js';

interface ChangeReservation {
  readonly quantity?: number;
  readonly charge?: ReservationCharge;
  readonly unitPrice?: Money | number;
}
export const changeReservationBody = Joi.object<ChangeReservation>({
  quantity: pieces(),
  charge: oneOf(RESERVATION_CHARGES).description('WARRANTY for a repair without warranty is for the desk to say.'),
  unitPrice: moneyOrMinorUnits().description('Of one piece, without VAT; only the desk says it.'),
}).min(1);

interface Deps {
  readonly parts: Repository<Part>;
  readonly changePart: ChangePart;
  readonly openWork: OpenWork;
  readonly reservations: ReservationStore;
}
interface One extends Record<string, string> {
  readonly id: string;
}

const openIn = (part: Part, id: string): Reservation | undefined => part.reservations.find((one) => one.id === id);

interface Change {
  readonly id: string;
  /** Throws where the caller may not. */
  readonly mayChange: (reservation: Reservation) => Promise<unknown>;
  readonly decide: (part: Part) => Decision<Part>;
}

/** Changes the part that has an open reservation. */
const changeOpen = async (deps: Deps, { tenantId }: Caller, { id, mayChange, decide }: Change): Promise<Part> => {
  const refuse = async (): Promise<never> => {
    const over = await deps.reservations.find(tenantId, id);
    throw over === undefined ? reservationNotFound() : reservationEnded(over.state);
  };
  const part = await deps.parts.in(tenantId).findOne({ 'reservations.id': id });
  const reservation = part && openIn(part, id);
  if (part === undefined || reservation === undefined) return refuse();
  await mayChange(reservation);
  return deps.changePart(tenantId, part.id, async (now) => (openIn(now, id) === undefined ? refuse() : decide(now)));
};

export const changeReservation =
  (deps: Deps) =>
  async ({ caller, params: { id }, body, now }: Call<ChangeReservation, unknown, One>): Promise<Reply> => {
    const { unitPrice, ...edit } = body;
    if (unitPrice !== undefined && !isDesk(caller.role)) throw invalidInput([deskOnly('unitPrice')]);
    const by = { at: now, userId: caller.userId };
    const part = await changeOpen(deps, caller, {
      id,
      mayChange: (reservation) => deps.openWork(caller, reservation, reservation.charge === edit.charge ? undefined : edit.charge),
      decide: (before) => editReservation(before, id, unitPrice === undefined ? edit : { ...edit, ...saidPrice(before, unitPrice) }, by),
    });
    return ok(viewReservation(openIn(part, id) as Reservation, part));
  };

/** DELETE releases: the pieces go to whoever waits for them. The desk may release at any time, whatever became of the work. */
export const releaseReservation =
  (deps: Deps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, One>): Promise<Reply> => {
    await changeOpen(deps, caller, {
      id,
      mayChange: async (reservation) => isDesk(caller.role) || deps.openWork(caller, reservation, undefined),
      decide: (part) => release(part, [id], { at: now, userId: caller.userId }),
    });
    return noContent();
  };
