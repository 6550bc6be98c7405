import { roleMay } from '@riparo/shared/contracts/permissions';
import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { notificationView } from './notification.view.js';

/** Who raised it, and ADMINs. */
export const getNotification =
  ({ notifications }: Pick<Dependencies, 'notifications'>) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const notification = await notifications.in(caller.tenantId).find(params.id);
    const isManager = roleMay(caller.role, 'manage:notifications');
    if (notification === undefined || !(isManager || notification.raisedByUserId === caller.userId)) throw notFound('notification');
    return ok(notificationView(notification, isManager));
  };
