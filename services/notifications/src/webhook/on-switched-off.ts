import type { WebhookSwitchedOffV1 } from '@riparo/shared/contracts/notifications.events';
import { permissionsOf } from '@riparo/shared/contracts/permissions';
import { ROLES } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { OnNotifiableEventDeps } from '../notification/on-notifiable-event.js';
import { onNotifiableEvent } from '../notification/on-notifiable-event.js';
import { MAX_COLLEAGUES } from '../preference/chosen.js';
import type { Replicas } from '../replica/replicas.js';

/** Who can switch it on again. */
const KEEPERS = ROLES.filter((role) => permissionsOf(role).includes('manage:webhooks'));

/** Administrators are told which webhook was switched off, and why. */
export const onSwitchedOff =
  (deps: OnNotifiableEventDeps & Pick<Replicas, 'users'>): EventHandler<WebhookSwitchedOffV1> =>
  async (event, delivery) => {
    const { webhook, reason, at } = event.data;
    const keepers = await deps.users
      .in(event.tenantid)
      .list({ role: { $in: [...KEEPERS] }, status: 'ACTIVE', removed: false }, { limit: MAX_COLLEAGUES });
    const data = compact({
      host: webhook.host,
      about: webhook.description,
      gone: reason === 'GONE' ? true : undefined,
      at,
      path: `/webhooks/${webhook.id}`,
    });
    const targets = keepers.map(({ id }) => ({ kind: 'user' as const, userId: id }));
    await onNotifiableEvent(deps)(() => [{ purpose: 'keepers', template: 'webhook-switched-off', targets, data }])(event, delivery);
  };
