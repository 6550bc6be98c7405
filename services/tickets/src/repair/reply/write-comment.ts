import type { Role } from '@riparo/shared/contracts/roles';
import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { messageEntry, type Message } from '../../conversation/entries.js';
import { stamped, stampOf, type Stamp } from '../../conversation/stamp.js';
import { viewActivities } from '../../conversation/timeline.view.js';
import { changeRepair, type RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import type { RepairDecision, RepairState } from '../repair.js';

export interface Comment {
  readonly body: string;
  readonly attachmentIds?: readonly string[];
}

type Deps = Pick<RepairDeps, 'repairs' | 'replicas' | 'attachFiles'>;
type Decide = (before: RepairState, words: Message, stamp: Stamp & { readonly role: Role }) => RepairDecision;

/** Writes a comment with its files in one change and answers the entry. */
export const writeComment = async (deps: Deps, call: RepairCall<Comment>, isInternal: boolean, decide: Decide): Promise<Reply> => {
  const { caller, params, body, now } = call;
  const { tenantId, userId, role } = caller;
  const stamp = { ...stampOf(call), role };
  const subject = { type: 'REPAIR' as const, id: params.id, activityId: stamp.activityIds[0] as string, isInternal };
  const entry = await deps.attachFiles({ tenantId, userId, ids: body.attachmentIds, subject, now }, async (files) => {
    const words = { body: body.body, files };
    await changeRepair(deps, call, stamp, (before) => decide(before, words, stamp));
    return { ...messageEntry(words), isInternal };
  });
  const [view] = await viewActivities(deps.replicas, caller, { repairId: params.id }, stamped([entry], stamp));
  return created(`/repairs/${params.id}/activities`, view);
};
