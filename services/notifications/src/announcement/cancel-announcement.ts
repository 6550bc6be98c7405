import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { cancel } from './announcement.js';
import { announcementView } from './announcement.view.js';

export const cancelAnnouncement =
  ({ announcements }: Pick<Dependencies, 'announcements'>) =>
  async ({ caller, params, now, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const state = await announcements.in(caller.tenantId).update(params.id, (current) => ({ state: cancel(current, now) }), { ifMatch });
    if (state === undefined) throw notFound('announcement');
    return ok(announcementView(state));
  };
