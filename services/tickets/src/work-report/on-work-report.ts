import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { PublishedWorkReport, WorkReportEventV1, WorkReportStatus } from '@riparo/shared/contracts/work-reports.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { eventStamp, isFull, isNoted, noteOnTicket, type NoteDeps } from '../appointment/note-event.js';
import { isDone, type Entry, type Stamp } from '../conversation/stamp.js';
import { applyChange } from '../repair/apply-change.js';
import type { Repairs } from '../repair/repair.repository.js';

const WORDS: Readonly<Record<WorkReportStatus, string>> = {
  DRAFT: 'has been started',
  CLOSED: 'is ready for the approval of the customer',
  APPROVED: 'was approved',
  DISPUTED: 'was sent back',
  DISCARDED: 'was discarded',
};

/** Customers see a report once it is closed. */
const describe = ({ id, number, reportVersion, status, approval, dispute }: PublishedWorkReport): Entry => {
  const by = status === 'APPROVED' && approval !== undefined ? ` by ${approval.name}` : '';
  const why = status === 'DISPUTED' && dispute !== undefined ? `: ${dispute.reason}` : '';
  return {
    type: 'WORK_REPORT',
    isInternal: status === 'DRAFT' || status === 'DISCARDED',
    body: `Work report ${number} ${WORDS[status]}${by}${why}`,
    metadata: { workReportId: id, number, reportVersion, status },
  };
};

const noteOnRepair = async ({ repairs }: { readonly repairs: Repairs }, tenantId: string, id: string, entry: Entry, stamp: Stamp) => {
  const inTenant = repairs.in(tenantId);
  const whole = await inTenant.findWhole(id);
  if (whole === undefined || isFull(whole) || isNoted(whole, stamp)) return;
  await inTenant.update(id, (before) =>
    isDone(before, stamp) ? { state: before } : applyChange(before, { state: {}, entries: [entry] }, stamp),
  );
};

/** Writes what became of a report into the timeline of its ticket or repair. */
export const onWorkReport =
  (deps: NoteDeps & { readonly repairs: Repairs }): EventHandler<WorkReportEventV1> =>
  async (event: EventEnvelope<WorkReportEventV1>) => {
    const { ticketId, repairId = '' } = event.data.workReport;
    const [entry, stamp] = [describe(event.data.workReport), eventStamp(event)];
    if (ticketId === undefined) await noteOnRepair(deps, event.tenantid, repairId, entry, stamp);
    else await noteOnTicket(deps, event.tenantid, ticketId, entry, stamp);
  };
