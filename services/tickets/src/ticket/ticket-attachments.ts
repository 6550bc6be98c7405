import type { AttachmentSubject } from '../conversation/attachment/attachment-subject.js';
import { maySee } from '../kernel/held.js';
import { mergeTargetOf } from './merge/merge-target.js';
import type { Tickets } from './ticket.repository.js';

/** A caller who may see the merged ticket, or the ticket into which it was merged, may read the files that came through it. */
export const ticketAttachments = (tickets: Tickets): AttachmentSubject => ({
  mayRead: async (caller, { id, throughId }) => {
    const inTenant = tickets.in(caller.tenantId);
    const ticket = await inTenant.find(throughId ?? id);
    return ticket !== undefined && (maySee(caller, ticket) || maySee(caller, await mergeTargetOf(inTenant, ticket)));
  },
  hasEntry: async (tenantId, { id, activityId }) => {
    const whole = await tickets.in(tenantId).findWhole(id);
    return whole?.activities.some((activity) => activity.id === activityId) === true;
  },
});
