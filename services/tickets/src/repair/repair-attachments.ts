import type { AttachmentSubject } from '../conversation/attachment/attachment-subject.js';
import { maySee } from '../kernel/held.js';
import type { Repairs } from './repair.repository.js';

export const repairAttachments = (repairs: Repairs): AttachmentSubject => ({
  mayRead: async (caller, { id }) => {
    const repair = await repairs.in(caller.tenantId).find(id);
    return repair !== undefined && maySee(caller, repair);
  },
  hasEntry: async (tenantId, { id, activityId }) => {
    const whole = await repairs.in(tenantId).findWhole(id);
    return whole?.activities.some((activity) => activity.id === activityId) === true;
  },
});
