import Joi from 'joi';
import { RESERVATION_STATES, type ReservationState } from '@riparo/shared/contracts/parts.events';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import { purposeOf } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';
import { visibleWork, type SeeWorkDeps } from './see-work.js';

interface Query {
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly partId?: string;
  readonly state?: ReservationState;
  readonly page: number;
  readonly pageSize: number;
}
export const listReservationsQuery = Joi.object<Query>({
  repairId: uuid(),
  workReportId: uuid(),
  partId: uuid(),
  state: oneOf(RESERVATION_STATES),
  page: Joi.number().integer().min(1).max(100_000).default(1),
  pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
}).oxor('repairId', 'workReportId');

interface Deps extends SeeWorkDeps {
  readonly parts: Repository<Part>;
  readonly reservations: ReservationStore;
}

/** Open reservations and those that are over, the newest first. */
export const listReservations =
  (deps: Deps) =>
  async ({ caller, query }: Call<unknown, Query>): Promise<Reply> => {
    const { tenantId } = caller;
    const { repairId: _repair, workReportId: _report, ...filters } = query;
    const purposes = await visibleWork(deps, caller, purposeOf(query));
    const found = await deps.reservations.page(tenantId, { ...filters, purposes });
    const partIds = [...new Set(found.items.map(({ partId }) => partId))];
    const parts = partIds.length === 0 ? [] : await deps.parts.in(tenantId).list({ id: { $in: partIds } }, { limit: partIds.length });
    const partOf = new Map(parts.map((part) => [part.id, part]));
    const items = found.items.flatMap((one) => {
      const part = partOf.get(one.partId);
      return part === undefined ? [] : [viewReservation(one, part)];
    });
    return list({ ...found, items });
  };
