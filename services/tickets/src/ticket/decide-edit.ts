import type { TicketCategory, TicketPriority } from '@riparo/shared/contracts/enums';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { TicketUpdated } from '@riparo/shared/contracts/tickets.events';
import { priorityPolicy, type SlaPolicy } from './sla/sla.js';
import { applyChange } from './apply-change.js';
import { changedEntry, type Changes } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import { ticketClosed, ticketNotEditable } from './ticket.errors.js';
import { published, refuseFullTimeline, type TicketDecision, type TicketState } from './ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { withDueTimes } from './sla/timers.js';
import { numberWords } from '../kernel/number-words.js';
import type { TimeRules } from '../kernel/tenant-rules.js';

export interface Edit {
  readonly title?: string;
  readonly description?: string;
  readonly category?: TicketCategory;
  readonly priority?: TicketPriority;
  /** For staff only; `null` removes the notes. */
  readonly internalNotes?: string | null;
}

const FIELDS = ['title', 'description', 'category', 'priority'] as const;

const changesOf = (before: TicketState, wanted: Edit): Changes =>
  Object.fromEntries(
    FIELDS.filter((field) => wanted[field] !== undefined && wanted[field] !== before[field]).map((field) => [
      field,
      { from: before[field], to: wanted[field] },
    ]),
  );

const noteChangesOf = ({ internalNotes: from }: TicketState, { internalNotes }: Edit): Changes => {
  const to = internalNotes ?? undefined;
  return internalNotes === undefined || to === from ? {} : { internalNotes: compact({ from, to }) };
};

/** A plan's times hold for every priority. */
const policyFor = ({ sla }: TicketState, priority: TicketPriority): SlaPolicy =>
  sla.policy.source === 'PLAN' ? sla.policy : priorityPolicy(priority);

/** `wordsOf` makes the search words of texts. */
export interface EditRules extends TimeRules {
  readonly wordsOf: (texts: { readonly title: string; readonly description: string }) => readonly string[];
}

export const edit = (before: TicketState, wanted: Edit, stamp: Stamp & { readonly role: Role }, rules: EditRules): TicketDecision => {
  if (isCustomerRole(stamp.role) && before.status !== 'OPEN') throw ticketNotEditable(before.status);
  const [changes, noteChanges] = [changesOf(before, wanted), noteChangesOf(before, wanted)];
  const entries = [...changedEntry(changes, false), ...changedEntry(noteChanges, true)];
  if (entries.length === 0) return { state: before };
  refuseFullTimeline(before, '', [changes, noteChanges]);
  const { internalNotes, ...shown } = wanted;
  const next = { ...before, ...compact(shown) };
  return applyChange(
    before,
    {
      state: {
        ...compact(shown),
        ...(internalNotes === undefined ? {} : { internalNotes: internalNotes ?? undefined }),
        ...(changes.priority !== undefined && before.active ? { sla: { ...before.sla, policy: policyFor(before, next.priority) } } : {}),
        words: [...numberWords(before.ticketNumber), ...rules.wordsOf(next)],
      },
      entries,
      // Internal notes are not published. Other services do not even learn that they changed.
      events: (after) => (Object.keys(changes).length === 0 ? [] : [TicketUpdated.with({ ticket: published(after), ...actor(stamp) })]),
    },
    stamp,
    rules,
  );
};

export interface Attachable {
  readonly id: string;
  readonly locationId?: string;
  /** SLA policy of the plan that covers the device. */
  readonly planPolicy: SlaPolicy | undefined;
  readonly wordsOf: EditRules['wordsOf'];
}

/** Attaches a device to the ticket; the ticket's location becomes that of the device. */
export const attachAsset = (before: TicketState, asset: Attachable, stamp: Stamp, rules: TimeRules): TicketDecision => {
  if (before.status === 'CLOSED') throw ticketClosed();
  if (before.assetId === asset.id) return { state: before };
  refuseFullTimeline(before, '');
  const locationId = asset.locationId ?? before.locationId;
  return applyChange(
    before,
    {
      state: {
        assetId: asset.id,
        locationId,
        ...(before.active ? { sla: { ...before.sla, policy: asset.planPolicy ?? priorityPolicy(before.priority) } } : {}),
        words: [...numberWords(before.ticketNumber), ...asset.wordsOf(before)],
      },
      entries: [
        {
          type: 'SYSTEM',
          body: before.assetId === undefined ? 'Device linked' : 'Another device linked',
          metadata: {
            changes: {
              assetId: compact({ from: before.assetId, to: asset.id }),
              ...(locationId === before.locationId ? {} : { locationId: compact({ from: before.locationId, to: locationId }) }),
            },
          },
        },
      ],
      events: (after) => [TicketUpdated.with({ ticket: published(after), ...actor(stamp) })],
    },
    stamp,
    rules,
  );
};

const DUE_TIMES = ['responseDueAt', 'slaDueAt'] as const;

const movedTimes = (before: TicketState, after: TicketState): Changes =>
  Object.fromEntries(
    DUE_TIMES.filter((field) => before[field]?.getTime() !== after[field]?.getTime()).map((field) => [
      field,
      compact({ from: before[field], to: after[field] }),
    ]),
  );

/** Recounts the due times of an open ticket, under the policy that holds now. */
export const recountDueTimes = (before: TicketState, planPolicy: SlaPolicy | undefined, stamp: Stamp, rules: TimeRules): TicketDecision => {
  if (!before.active) return { state: before };
  const sla = { ...before.sla, policy: planPolicy ?? priorityPolicy(before.priority) };
  const changes = movedTimes(before, withDueTimes({ ...before, sla }, rules));
  const moved = Object.keys(changes).length > 0;
  return applyChange(
    before,
    {
      state: { sla },
      entries: moved ? [{ type: 'SYSTEM', isInternal: true, body: 'Due times counted anew', metadata: { changes } }] : [],
      events: (after) => (moved ? [TicketUpdated.with({ ticket: published(after) })] : []),
    },
    stamp,
    rules,
  );
};
