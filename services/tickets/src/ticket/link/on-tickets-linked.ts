import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { TicketsLinked, type TicketName, type TicketsLinkedV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { TicketDeps } from '../dependencies.js';
import { applyChange } from '../apply-change.js';
import { isDone, stampOf } from '../../conversation/stamp.js';
import { INVERSE } from './link.js';

type Deps = Pick<TicketDeps, 'tickets' | 'rulesOf'>;

const note = async (
  { tickets, rulesOf }: Deps,
  { id, tenantid, type, time, data }: EventEnvelope<TicketsLinkedV1>,
  ticket: TicketName,
  other: TicketName,
  relation: string,
): Promise<void> => {
  const at = new Date(time);
  const made = type === TicketsLinked.type;
  const stamp = { ...stampOf({ now: at, ids: seededIds(`${id} ${ticket.id}`, at) }), byUserId: data.actorUserId };
  const [entryId] = stamp.activityIds;
  const whole = await tickets.in(tenantid).findWhole(ticket.id);
  if (whole === undefined || whole.activities.some((activity) => activity.id === entryId)) return;
  const rules = await rulesOf(tenantid);
  await tickets.in(tenantid).update(ticket.id, (before) =>
    isDone(before, stamp)
      ? { state: before }
      : applyChange(
          before,
          {
            state: {},
            entries: [
              {
                type: 'SYSTEM',
                // Internal, because the other ticket may belong to another customer.
                isInternal: true,
                body: `${made ? 'Linked' : 'No longer linked'}: ${relation} ${other.ticketNumber}`,
                metadata: { changes: { link: { [made ? 'to' : 'from']: { ...other, relation } } } },
              },
            ],
          },
          stamp,
          rules,
        ),
  );
};

/**
 * Writes a link, or its removal, into the timelines of both tickets. It follows the event, so that a crash after the
 * link was written loses neither entry.
 */
export const onTicketsLinked =
  (deps: Deps): EventHandler<TicketsLinkedV1> =>
  async (event) => {
    const { ticket, other, relation } = event.data;
    await note(deps, event, ticket, other, relation);
    await note(deps, event, other, ticket, INVERSE[relation]);
  };
