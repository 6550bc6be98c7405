import type { TicketCategory, TicketPriority } from '@riparo/shared/contracts/enums';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { TicketUpdated } from '@riparo/shared/contracts/tickets.events';
import { priorityPolicy, type SlaPolicy } from '../sla/sla.js';
import { actor, record, type Stamp } from './record.js';
import { ticketClosed, ticketNotEditable } from './ticket.errors.js';
import { compact, published, refuseFullTimeline, type TicketDecision, type TicketState } from './ticket.js';
import type { TimeRules } from './timers.js';

export interface Edit {
  readonly title?: string;
  readonly description?: string;
  readonly category?: TicketCategory;
  readonly priority?: TicketPriority;
}

const FIELDS = ['title', 'description', 'category', 'priority'] as const;

/** A plan's promise holds whatever the priority. */
const policyFor = ({ sla }: TicketState, priority: TicketPriority): SlaPolicy =>
  sla.policy.source === 'PLAN' ? sla.policy : priorityPolicy(priority);

/** `wordsOf` answers the search words for texts. */
export interface EditRules extends TimeRules {
  readonly wordsOf: (texts: { readonly title: string; readonly description: string }) => readonly string[];
}

export const edit = (before: TicketState, wanted: Edit, stamp: Stamp & { readonly role: Role }, rules: EditRules): TicketDecision => {
  if (isCustomerRole(stamp.role) && before.status !== 'OPEN') throw ticketNotEditable(before.status);
  const changed = FIELDS.filter((field) => wanted[field] !== undefined && wanted[field] !== before[field]);
  if (changed.length === 0) return { state: before };
  const next = { ...before, ...compact(wanted) };
  const changes = Object.fromEntries(changed.map((field) => [field, { from: before[field], to: next[field] }]));
  refuseFullTimeline(before, '');
  return record(
    before,
    {
      state: {
        ...compact(wanted),
        ...(changed.includes('priority') && before.active ? { sla: { ...before.sla, policy: policyFor(before, next.priority) } } : {}),
        words: [before.ticketNumber.toLowerCase(), ...rules.wordsOf(next)],
      },
      entries: [{ type: 'SYSTEM', body: `Changed: ${changed.join(', ')}`, metadata: { changes } }],
      events: (after) => [TicketUpdated.with({ ticket: published(after), ...actor(stamp) })],
    },
    stamp,
    rules,
  );
};

export interface Attachable {
  readonly id: string;
  readonly locationId?: string;
  /** Of the plan that covers it. */
  readonly planPolicy: SlaPolicy | undefined;
  readonly wordsOf: EditRules['wordsOf'];
}

/** Says which device it is about; the location follows the device. */
export const attachAsset = (before: TicketState, asset: Attachable, stamp: Stamp, rules: TimeRules): TicketDecision => {
  if (before.status === 'CLOSED') throw ticketClosed();
  if (before.assetId === asset.id) return { state: before };
  refuseFullTimeline(before, '');
  return record(
    before,
    {
      state: {
        assetId: asset.id,
        locationId: asset.locationId ?? before.locationId,
        ...(before.active ? { sla: { ...before.sla, policy: asset.planPolicy ?? priorityPolicy(before.priority) } } : {}),
        words: [before.ticketNumber.toLowerCase(), ...asset.wordsOf(before)],
      },
      entries: [
        {
          type: 'SYSTEM',
          body: before.assetId === undefined ? 'Device linked' : 'Another device linked',
          metadata: { changes: { assetId: compact({ from: before.assetId, to: asset.id }) } },
        },
      ],
      events: (after) => [TicketUpdated.with({ ticket: published(after), ...actor(stamp) })],
    },
    stamp,
    rules,
  );
};

const sameTime = (left: Date | undefined, right: Date | undefined): boolean => left?.getTime() === right?.getTime();

/** Counts an open ticket's due times anew, under the promise that holds now. */
export const retime = (before: TicketState, planPolicy: SlaPolicy | undefined, stamp: Stamp, rules: TimeRules): TicketDecision => {
  if (!before.active) return { state: before };
  const policy = planPolicy ?? priorityPolicy(before.priority);
  const moved = (after: TicketState): boolean =>
    !sameTime(before.slaDueAt, after.slaDueAt) || !sameTime(before.responseDueAt, after.responseDueAt);
  return record(
    before,
    {
      state: { sla: { ...before.sla, policy } },
      events: (after) => (moved(after) ? [TicketUpdated.with({ ticket: published(after) })] : []),
    },
    stamp,
    rules,
  );
};
