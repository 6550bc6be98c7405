import { created, noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { IndexDescription } from 'mongodb';
import { createHash, randomBytes } from 'node:crypto';
import type { ScheduleDeps } from './dependencies.js';
import { technicianFor } from './schedule.access.js';
import { technicianNotFound } from '../../technician/technician.errors.js';

/** 64 bytes are hard to guess, and their 86 characters are long enough for the access log to leave the token out (80 or more). */
const TOKEN_BYTES = 64;
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{86}$/;

const HASH_FIELD = 'calendarFeed.hash';
export const FEED_INDEX: IndexDescription = { key: { [HASH_FIELD]: 1 }, partialFilterExpression: { [HASH_FIELD]: { $exists: true } } };

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
export const byHash = (token: string) => ({ [HASH_FIELD]: hashOf(token) });

type Deps = Pick<ScheduleDeps, 'technicians' | 'publicUrl'>;
type FeedCall = Call<unknown, unknown, { technicianId: string }>;

/** Makes a private address for calendar programs. The address before it is void; the new one is shown this once. */
export const openCalendarFeed =
  ({ technicians, publicUrl }: Deps) =>
  async ({ caller, params, now }: FeedCall): Promise<Reply> => {
    const { id } = await technicianFor(technicians, caller, params.technicianId);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const calendarFeed = { hash: hashOf(token), createdAt: now };
    const after = await technicians.in(caller.tenantId).update(id, (before) => ({ state: { ...before, calendarFeed } }));
    if (after === undefined) throw technicianNotFound();
    const path = `/public/calendars/${token}.ics`;
    return created(path, { url: `${publicUrl}/api/v1${path}`, createdAt: now });
  };

export const closeCalendarFeed =
  ({ technicians }: Deps) =>
  async ({ caller, params }: FeedCall): Promise<Reply> => {
    const { id } = await technicianFor(technicians, caller, params.technicianId);
    await technicians.in(caller.tenantId).update(id, (before) => ({
      state: before.calendarFeed === undefined ? before : { ...before, calendarFeed: undefined },
    }));
    return noContent();
  };
