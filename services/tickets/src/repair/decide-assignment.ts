import type { DomainEvent } from '@riparo/shared/contracts/event';
import { RepairAssigned } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import { movedEntry, movedEvents, movedTo, applyChange } from './apply-change.js';
import { repairAlreadyAssigned, repairNotFound, repairWorkEnded } from './repair.errors.js';
import { type RepairDecision, type RepairState, isInWork, refuseFullTimeline } from './repair.js';
import { published } from './published-repair.js';
import { QUEUE } from '../kernel/held.js';

const handed =
  (previousUserId: string | undefined, stamp: Stamp) =>
  (after: RepairState): DomainEvent =>
    RepairAssigned.with(compact({ repair: published(after), ...actor(stamp), previousUserId }));

/** Refuses a repair that another technician has: 409 when it has an assignee, otherwise 404, because other technicians do not see it. */
const refuseIfTaken = ({ holder, assignedToUserId }: RepairState, technicianId: string | undefined): void => {
  if (holder === QUEUE || holder === technicianId) return;
  throw assignedToUserId === undefined ? repairNotFound() : repairAlreadyAssigned();
};

/** A technician takes a repair from the queue, or begins (again) with an assigned one. */
export const take = (before: RepairState, stamp: Stamp): RepairDecision => {
  const { status, assignedToUserId: from } = before;
  const to = stamp.byUserId;
  refuseIfTaken(before, to);
  if (!isInWork(status)) throw repairWorkEnded(status);
  const starts = status !== 'IN_PROGRESS';
  if (from === to && !starts) return { state: before };
  refuseFullTimeline(before, '');
  return applyChange(
    before,
    {
      state: { assignedToUserId: to, ...movedTo(before, 'IN_PROGRESS', stamp.at) },
      entries: [
        ...(from === to ? [] : [assignmentEntry(from, to, { note: 'Taken from the queue' })]),
        ...(starts ? [movedEntry(status, 'IN_PROGRESS')] : []),
      ],
      events: (after) => [...(from === to ? [] : [handed(from, stamp)(after)]), ...(starts ? movedEvents(status, after, stamp) : [])],
    },
    stamp,
  );
};

const give = (before: RepairState, to: string | undefined, note: string | undefined, stamp: Stamp): RepairDecision =>
  applyChange(
    before,
    {
      state: { assignedToUserId: to },
      entries: [assignmentEntry(before.assignedToUserId, to, compact({ note }))],
      events: (after) => [handed(before.assignedToUserId, stamp)(after)],
    },
    stamp,
  );

/** The desk assigns a repair to any technician, or with `undefined` puts it back into the queue. The status stays. */
export const assign = (before: RepairState, to: string | undefined, note: string | undefined, stamp: Stamp): RepairDecision => {
  if (!isInWork(before.status)) throw repairWorkEnded(before.status);
  if (before.assignedToUserId === to) return { state: before };
  refuseFullTimeline(before, note ?? '');
  return give(before, to, note, stamp);
};

/** Puts the repair of a leaver back into the queue. Repairs whose work has ended stay with the leaver. */
export const takeFromLeaver = (before: RepairState, leaver: string, stamp: Stamp): RepairDecision =>
  before.assignedToUserId !== leaver || !isInWork(before.status)
    ? { state: before }
    : give(before, undefined, 'The technician is no longer active', stamp);
