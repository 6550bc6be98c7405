import type { PublishedPartUse, PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import type { ChangePart } from '../stock/change-part.js';
import type { By } from '../stock/stock-change.js';
import { endOfRepair, type MovementIdsOf } from './decide-reservation.js';
import { isInWork } from './repair-work.js';

/** One repair has fewer different parts. */
const MAX_PARTS = 1_000;

export interface EndReservationsDeps {
  readonly parts: Repository<Part>;
  readonly changePart: ChangePart;
}

const movementIdsOf: MovementIdsOf = ({ id, createdAt }) => seededIds(`consume ${id}`, createdAt);

/** Ends what is reserved for a repair whose work is over; there is nothing to do the second time. */
export type EndReservations = (tenantId: string, repair: PublishedRepair, by: By) => Promise<void>;

/**
 * COMPLETED: what the outcome names is consumed and the rest released. REFUSED and CANCELED release all. The state of the
 * repair decides and not the event, so that any later event makes good for one that was parked.
 */
export const createEndReservations =
  ({ parts, changePart }: EndReservationsDeps): EndReservations =>
  async (tenantId, repair, by) => {
    if (isInWork(repair)) return;
    const uses: readonly PublishedPartUse[] = repair.outcome?.type === 'COMPLETED' ? (repair.outcome.parts ?? []) : [];
    const ended = { repairId: repair.id, uses, movementIdsOf };
    const reserved = await parts.in(tenantId).list({ 'reservations.repairId': repair.id }, { limit: MAX_PARTS });
    for (const { id } of reserved) await changePart(tenantId, id, (part) => endOfRepair(part, ended, by));
  };
