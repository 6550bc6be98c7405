import type { Clock } from '@riparo/shared/runtime/clock';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { discard, release, confirm } from './attachment.js';
import type { AttachmentDeps } from './dependencies.js';

interface Deps extends Pick<AttachmentDeps, 'attachments' | 'files' | 'subjects'> {
  /** Finds promises that wait for their entries, over all tenants. */
  readonly everywhere: AcrossTenants;
  readonly clock: Clock;
}

/** Milliseconds: one hour. No request takes so long, so the request of an older promise has died. */
const PENDING_MS = 3_600_000;
/** Milliseconds: one day. After that a file that was not attached is removed. */
const LOOSE_MS = 24 * 3_600_000;
const BATCH = 500;

/**
 * Ends promises whose request died. The timeline shows whether the entry was written: if so, the file is confirmed; if
 * not, it is free again.
 */
const keepPromises = async ({ attachments, files, subjects, everywhere, clock }: Deps): Promise<void> => {
  const old = new Date(clock.now().getTime() - PENDING_MS);
  for (const { tenantId, id } of await everywhere.find({ pendingSince: { $lt: old } }, BATCH)) {
    const subject = (await attachments.in(tenantId).find(id))?.subject;
    if (subject === undefined) continue;
    const held = await subjects[subject.type].hasEntry(tenantId, subject);
    if (held) await files.confirm(tenantId, id);
    await attachments.in(tenantId).update(id, (before) => (held ? confirm : release)(before, subject.activityId));
  }
};

/** Removes files that were never attached, and bytes that no record names. */
const sweep = async ({ attachments, files, clock }: Deps): Promise<void> => {
  const now = clock.now();
  for (const { tenantId, fileId } of await files.findLoose(new Date(now.getTime() - LOOSE_MS), BATCH)) {
    const after = await attachments.in(tenantId).update(fileId, (before) => discard(before, now));
    if (after?.subject === undefined) await files.remove(tenantId, fileId);
    else if (after.pendingSince === undefined) await files.confirm(tenantId, fileId);
  }
};

/** The job that makes files agree with timelines after crashes and removes files that were never attached. */
export const tendAttachments = (deps: Deps) => async (): Promise<void> => {
  await keepPromises(deps);
  await sweep(deps);
};
