import { RepairNoted } from '@riparo/shared/contracts/notes.events';
import { RepairReplied } from '@riparo/shared/contracts/repairs.events';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { messageEntry, type Message } from '../../conversation/entries.js';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { applyChange } from '../apply-change.js';
import { repairClosed } from '../repair.errors.js';
import { refuseFullTimeline, type RepairDecision, type RepairState } from '../repair.js';
import { published } from '../published-repair.js';

/** Adds a public reply. It does not change the status. */
export const reply = (before: RepairState, words: Message, stamp: Stamp & { readonly role: Role }): RepairDecision => {
  if (before.status === 'CLOSED') throw repairClosed();
  const { body } = words;
  refuseFullTimeline(before, body);
  const told = { activityId: stamp.activityIds[0] as string, body, byCustomer: isCustomerRole(stamp.role) };
  return applyChange(
    before,
    {
      state: {},
      entries: [messageEntry(words)],
      events: (after) => [RepairReplied.with({ repair: published(after), ...actor(stamp), ...told })],
    },
    stamp,
  );
};

/** Adds an internal note, which is never shown to customers; its event says nothing of what it says. Closed repairs take one too. */
export const addInternalNote = (before: RepairState, words: Message, stamp: Stamp): RepairDecision => {
  refuseFullTimeline(before, words.body);
  return applyChange(
    before,
    {
      state: {},
      entries: [{ ...messageEntry(words), isInternal: true }],
      events: (after) => [RepairNoted.with({ repair: published(after), ...actor(stamp), activityId: stamp.activityIds[0] as string })],
    },
    stamp,
  );
};
