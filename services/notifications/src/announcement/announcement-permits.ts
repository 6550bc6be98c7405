import type { Caller } from '@riparo/shared/contracts/caller';
import type { Clock } from '@riparo/shared/runtime/clock';
import { createHourlyCounts } from '../notification/mail-permits.js';
import { ANNOUNCEMENTS_PER_HOUR, PREVIEWS_PER_HOUR, tooManyAnnouncements } from './announcement.errors.js';

const LIMITS = { announcement: ANNOUNCEMENTS_PER_HOUR, preview: PREVIEWS_PER_HOUR } as const;

/** Leave for announcements, counted in this process's memory as that for messages is. */
export interface AnnouncementPermits {
  /** Throws 429 with the time to wait. */
  ask(what: keyof typeof LIMITS, by: Pick<Caller, 'tenantId' | 'userId'>): void;
}

export const createAnnouncementPermits = (clock: Clock): AnnouncementPermits => {
  const count = createHourlyCounts(clock);
  return {
    ask: (what, { tenantId, userId }) => {
      const retryAfter = count([{ key: `${what} ${tenantId} ${userId}`, times: 1, limit: LIMITS[what] }]);
      if (retryAfter !== undefined) throw tooManyAnnouncements(retryAfter);
    },
  };
};
