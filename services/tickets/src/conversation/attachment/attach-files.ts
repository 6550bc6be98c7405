import { invalidInput } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Logger } from 'pino';
import { attachedFile, isFreeFor, promise, release, confirm, type AttachedFile, type Attachment, type EntryRef } from './attachment.js';
import type { AttachmentDeps } from './dependencies.js';

const MAX_FILES = 10;

/** Field of every body that makes an entry with files. */
export const attachmentIds = (): Joi.ArraySchema<string[]> => Joi.array<string[]>().items(uuid()).max(MAX_FILES).unique();

export interface AttachRequest {
  readonly tenantId: string;
  readonly userId: string;
  readonly ids: readonly string[] | undefined;
  readonly subject: EntryRef;
  readonly now: Date;
  /** The field of the request that names the files; default: `attachmentIds`. */
  readonly field?: string;
}

/** Writes an entry together with the files that it names. */
export type AttachFiles = <T>(request: AttachRequest, write: (files: readonly AttachedFile[]) => Promise<T>) => Promise<T>;

type Deps = Pick<AttachmentDeps, 'attachments' | 'files' | 'subjects'> & { readonly log: Logger };

const refuse = ({ field = 'attachmentIds' }: AttachRequest, ids: readonly string[], unfit: readonly string[]): never => {
  throw invalidInput(unfit.map((id) => ({ path: `${field}.${ids.indexOf(id)}`, message: 'is not a file of yours that is still free' })));
};

const releaseAll = async ({ attachments }: Deps, { tenantId, subject }: AttachRequest, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await attachments.in(tenantId).update(id, (before) => release(before, subject.activityId));
};

/** Promises all files to the entry, or none. 422 names the files that are not the caller's or not free. */
const promiseAll = async (deps: Deps, request: AttachRequest, ids: readonly string[]): Promise<readonly Attachment[]> => {
  const { tenantId, userId, subject, now } = request;
  const inTenant = deps.attachments.in(tenantId);
  const found = new Map((await inTenant.list({ id: { $in: ids } }, { limit: MAX_FILES })).map((each) => [each.id, each]));
  const isFit = (attachment: Attachment | undefined): boolean =>
    attachment !== undefined && isFreeFor(attachment, userId, subject.activityId);
  const unfit = ids.filter((id) => !isFit(found.get(id)));
  if (unfit.length > 0) refuse(request, ids, unfit);
  const promised: Attachment[] = [];
  // Files are promised in the same order everywhere: of two entries that want the same files, one gets all of them.
  for (const id of [...ids].sort()) {
    const after = await inTenant.update(id, (before) => promise(before, userId, subject, now));
    if (after?.subject?.activityId === subject.activityId) promised.push(after);
    else {
      const taken = promised.map((each) => each.id);
      await releaseAll(deps, request, taken);
      refuse(request, ids, [id]);
    }
  }
  return ids.map((id) => promised.find((each) => each.id === id) as Attachment);
};

const confirmAll = async ({ attachments, files }: Deps, { tenantId, subject }: AttachRequest, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    await files.confirm(tenantId, id);
    await attachments.in(tenantId).update(id, (before) => confirm(before, subject.activityId));
  }
};

/**
 * Promises the files, writes the entry, confirms the files. A refused write frees the files at once. A crash, or a
 * write with an unknown end, leaves files between these steps; `tendAttachments` later makes them agree with the
 * timeline.
 */
export const createAttachFiles =
  (deps: Deps): AttachFiles =>
  async (request, write) => {
    const ids = request.ids ?? [];
    if (ids.length === 0) return write([]);
    const promised = await promiseAll(deps, request, ids);
    const written = await write(promised.map(attachedFile)).catch(async (error: unknown) => {
      // A refusal can come although the entry exists: a request's first run wrote it and died, and its second run is refused.
      if (isDomainError(error) && !(await deps.subjects[request.subject.type].hasEntry(request.tenantId, request.subject)))
        await releaseAll(deps, request, ids);
      throw error;
    });
    await confirmAll(deps, request, ids).catch((error: unknown) => deps.log.warn({ err: error }, 'files will be confirmed later'));
    return written;
  };
