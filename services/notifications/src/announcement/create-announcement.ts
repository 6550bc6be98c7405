import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { announce, type AnnouncementInput } from './announcement.js';
import { announcementView } from './announcement.view.js';
import { checkAnnouncement } from './check-announcement.js';

type Deps = Pick<Dependencies, 'announcements' | 'announcementPermits' | 'wakeAnnouncements' | 'users' | 'customers' | 'twilio'>;

export const createAnnouncement =
  (deps: Deps) =>
  async ({ caller, body, ids, now }: Call<AnnouncementInput>): Promise<Reply> => {
    await checkAnnouncement(deps, caller.tenantId, body);
    deps.announcementPermits.ask('announcement', caller);
    const state = await deps.announcements.in(caller.tenantId).insert(announce(ids.next(), body, caller.userId, now));
    deps.wakeAnnouncements();
    return created(`/announcements/${state.id}`, announcementView(state));
  };
