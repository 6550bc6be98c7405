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
import type { FindRepair } from './find-repair.js';
import { repairInWork } from './repair-work.js';
import type { Reservation } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';
import { priceOf } from './reserve-part.js';
import { viewReservation } from './reservation.view.js';

interface ChangeReservation {
  readonly quantity?: number;
  readonly charge?: ReservationCharge;
  readonly unitPrice?: Money | number;
}
export const changeReservationBody = Joi.object<ChangeReservation>({
  quantity: pieces(),
  charge: oneOf(RESERVATION_CHARGES),
  unitPrice: moneyOrMinorUnits().description('Of one piece, without VAT; only the desk says it.'),
}).min(1);

interface Deps {
  readonly parts: Repository<Part>;
  readonly changePart: ChangePart;
  readonly findRepair: FindRepair;
  readonly reservations: ReservationStore;
}
type One = { id: string };

const openIn = (part: Part, id: string): Reservation | undefined => part.reservations.find((one) => one.id === id);

/** Changes the part that has the open reservation `id`, if the caller may change reservations of its repair. */
const changeOpen = async (deps: Deps, caller: Caller, id: string, decide: (part: Part) => Decision<Part>): Promise<Part> => {
  const { tenantId } = caller;
  const refuse = async (): Promise<never> => {
    const over = await deps.reservations.find(tenantId, id);
    throw over === undefined ? reservationNotFound() : reservationEnded(over.state);
  };
  const part = await deps.parts.in(tenantId).findOne({ 'reservations.id': id });
  const reservation = part && openIn(part, id);
  if (part === undefined || reservation === undefined) return refuse();
  await repairInWork(deps.findRepair, caller, reservation.repairId);
  return deps.changePart(tenantId, part.id, async (now) => (openIn(now, id) === undefined ? refuse() : decide(now)));
};

export const changeReservation =
  (deps: Deps) =>
  async ({ caller, params: { id }, body, now }: Call<ChangeReservation, unknown, One>): Promise<Reply> => {
    const { unitPrice, ...edit } = body;
    if (unitPrice !== undefined && !isDesk(caller.role)) throw invalidInput([deskOnly('unitPrice')]);
    const by = { at: now, userId: caller.userId };
    const part = await changeOpen(deps, caller, id, (before) =>
      editReservation(before, id, unitPrice === undefined ? edit : { ...edit, unitPrice: priceOf(before, unitPrice) }, by),
    );
    return ok(viewReservation(openIn(part, id) as Reservation, part));
  };

/** DELETE releases: the pieces go to whoever waits for them. */
export const releaseReservation =
  (deps: Deps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, One>): Promise<Reply> => {
    await changeOpen(deps, caller, id, (part) => release(part, [id], { at: now, userId: caller.userId }));
    return noContent();
  };
