import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Decision, Entity, Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import { DAY_MS } from '@riparo/shared/time/units';
import { ATTACHMENT_QUOTA_EXCEEDED, attachmentQuotaExceeded } from './attachment.errors.js';

/** What a user has sent within one day, which began with the first file. `id` is the user's. */
export interface Quota extends Entity {
  readonly since: Date;
  readonly files: number;
  readonly bytes: number;
}
export type Quotas = Repository<Quota>;

export interface QuotaLimits {
  /** Bytes that one person may send within a day. */
  readonly bytes: number;
}

/** Files of one user in a day: nobody has so much to show. Many tiny files cost as much as some large ones, so bytes alone are no limit. */
const MAX_FILES = 500;
export const ATTACHMENT_LIMIT: LimitClass = {
  name: 'attachments',
  code: ATTACHMENT_QUOTA_EXCEEDED,
  about: `Files of one person within a day: ${MAX_FILES}, and no more bytes than the centre has set.`,
};
/** Seconds after which the record of a user who has sent nothing is removed. */
const FORGOTTEN_S = 2 * 24 * 60 * 60;

export const createQuotas = ({ connection, clock, relay }: Platform): Quotas =>
  createMongoRepository<Quota>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'attachment_quotas',
    indexes: [{ fields: { since: 1 }, expireAfterSeconds: FORGOTTEN_S }],
  });

const charge = (before: Quota, bytes: number, limits: QuotaLimits, now: Date): Decision<Quota> => {
  const restMs = before.since.getTime() + DAY_MS - now.getTime();
  const { since, files, bytes: sent } = restMs <= 0 ? { since: now, files: 0, bytes: 0 } : before;
  if (files >= MAX_FILES || sent + bytes > limits.bytes) throw attachmentQuotaExceeded(Math.max(1, Math.ceil(restMs / 1000)));
  return { state: { ...before, since, files: files + 1, bytes: sent + bytes } };
};

/**
 * Counts a file before it is checked and stored, in one guarded write: many uploads at the same time cannot pass the
 * limit together. With 500 MiB a day and 490 MiB sent, a file of 20 MiB is refused until a day after the first file.
 */
export const chargeQuota = async (
  quotas: Quotas,
  { tenantId, userId }: { readonly tenantId: string; readonly userId: string },
  bytes: number,
  limits: QuotaLimits,
  now: Date,
): Promise<void> => {
  const theirs = quotas.in(tenantId);
  const decide = (before: Quota): Decision<Quota> => charge(before, bytes, limits, now);
  if ((await theirs.update(userId, decide)) !== undefined) return;
  await theirs.insert({ id: userId, since: now, files: 0, bytes: 0 });
  await theirs.update(userId, decide);
};
