import Joi from 'joi';
import type { Caller } from '@riparo/shared/contracts/caller';
import { RESERVATION_STATES, type ReservationState } from '@riparo/shared/contracts/parts.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Replicas } from '../../replica/replicas.js';
import { repairNotAssignedToYou, repairNotFound } from '../part.errors.js';
import type { Part } from '../part.js';
import type { FindRepair } from './find-repair.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';

interface Query {
  readonly repairId?: string;
  readonly partId?: string;
  readonly state?: ReservationState;
  readonly page: number;
  readonly pageSize: number;
}
export const listReservationsQuery = Joi.object<Query>({
  repairId: uuid(),
  partId: uuid(),
  state: oneOf(RESERVATION_STATES),
  page: Joi.number().integer().min(1).max(100_000).default(1),
  pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

interface Deps extends Pick<Replicas, 'repairs'> {
  readonly parts: Repository<Part>;
  readonly reservations: ReservationStore;
  readonly findRepair: FindRepair;
}

/** A technician's newest repairs; older ones are found by `repairId`. */
const THEIR_REPAIRS = 500;

/** Technicians see the reservations of the repairs that are assigned to them. */
const repairsOf = async (deps: Deps, caller: Caller, repairId: string | undefined): Promise<readonly string[] | undefined> => {
  const { tenantId, userId, role } = caller;
  if (isDesk(role)) return repairId === undefined ? undefined : [repairId];
  if (repairId !== undefined) {
    const repair = await deps.findRepair(tenantId, repairId, (known) => known.assignedToUserId === userId);
    if (repair === undefined) throw repairNotFound();
    if (repair.assignedToUserId !== userId) throw repairNotAssignedToYou();
    return [repairId];
  }
  const theirs = await deps.repairs.in(tenantId).list({ assignedToUserId: userId }, { sort: { id: -1 }, limit: THEIR_REPAIRS });
  return theirs.map(({ id }) => id);
};

/** Open reservations and those that are over, the newest first. */
export const listReservations =
  (deps: Deps) =>
  async ({ caller, query }: Call<unknown, Query>): Promise<Reply> => {
    const { tenantId } = caller;
    const { repairId, ...filters } = query;
    const repairIds = await repairsOf(deps, caller, repairId);
    const found = await deps.reservations.page(tenantId, { ...filters, repairIds });
    const partIds = [...new Set(found.items.map(({ partId }) => partId))];
    const parts = partIds.length === 0 ? [] : await deps.parts.in(tenantId).list({ id: { $in: partIds } }, { limit: partIds.length });
    const partOf = new Map(parts.map((part) => [part.id, part]));
    const items = found.items.flatMap((one) => {
      const part = partOf.get(one.partId);
      return part === undefined ? [] : [viewReservation(one, part)];
    });
    return list({ ...found, items });
  };
