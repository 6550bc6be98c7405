import type { DomainEvent } from '@riparo/shared/contracts/event';
import { RepairAssigned } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import { movedEntry, movedEvents, movedTo, applyChange } from './apply-change.js';
import { repairAlreadyAssigned, repairNotFound, repairWorkEnded } from './repair.errors.js';
import { type RepairDecision, type RepairState, isInWork, published, refuseFullTimeline } from './repair.js';
import { QUEUE } from '../kernel/held.js';

const handed =
  (previousUserId: string | undefined, stamp: Stamp) =>
  (after: RepairState): DomainEvent =>
    RepairAssigned.with(compact({ repair: published(after), ...actor(stamp), previousUserId }));

/** What one technician has is not the others' to see; who comes second is told so. */
const refuseIfTaken = ({ holder, assignedToUserId }: RepairState, technicianId: string | undefined): void => {
  if (holder === QUEUE || holder === technicianId) return;
  throw assignedToUserId === undefined ? repairNotFound() : repairAlreadyAssigned();
};

/** A technician takes it from the queue, or begins (again) with what they have. */
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
      state: { assignedToUserId: to, ...movedTo('IN_PROGRESS', stamp.at) },
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

/** By the desk: to anybody, or with `undefined` back to the queue; how far it is stays as it was. */
export const assign = (before: RepairState, to: string | undefined, note: string | undefined, stamp: Stamp): RepairDecision => {
  if (!isInWork(before.status)) throw repairWorkEnded(before.status);
  if (before.assignedToUserId === to) return { state: before };
  refuseFullTimeline(before, note ?? '');
  return give(before, to, note, stamp);
};

/** From somebody who is no longer a technician of the centre; what they have ended stays theirs. */
export const takeFromLeaver = (before: RepairState, leaver: string, stamp: Stamp): RepairDecision =>
  before.assignedToUserId !== leaver || !isInWork(before.status)
    ? { state: before }
    : give(before, undefined, 'The technician is no longer active', stamp);
