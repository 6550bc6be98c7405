import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Repository } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import { definitionOf } from '../template/template.js';
import { raise, type Cause, type Channel, type Notification } from './notification.js';
import { insertOnce } from './notification.repository.js';
import type { Notice } from './ticket-notices.js';

export interface OnNotifiableEventDeps {
  readonly notifications: Repository<Notification>;
  readonly wake: (channel: Channel) => void;
}

const actorOf = (data: unknown): Pick<Cause, 'byUserId'> => {
  const { actorUserId } = data as { readonly actorUserId?: string };
  return actorUserId === undefined ? {} : { byUserId: actorUserId };
};

/**
 * Raises what an event gives occasion for. The id is made from event and purpose, so an event that comes twice finds
 * its notifications there already.
 */
export const onNotifiableEvent =
  ({ notifications, wake }: OnNotifiableEventDeps) =>
  <T>(noticesOf: (event: EventEnvelope<T>) => readonly Notice[]): EventHandler<T> =>
  async (event) => {
    for (const { purpose, template, targets, data, pickupNotice } of noticesOf(event)) {
      const dedupeKey = `${event.id}:${purpose}`;
      const at = new Date(event.time);
      const draft = raise({
        id: seededIds(`${event.tenantid}:${dedupeKey}`, at).next(),
        channel: 'EMAIL',
        category: definitionOf(template).category,
        content: { kind: 'template', key: template, data },
        targets,
        at,
        dedupeKey,
        cause: { eventId: event.id, type: event.type, ...actorOf(event.data) },
        inbox: true,
        ...(pickupNotice === undefined ? {} : { pickupNotice }),
      });
      await insertOnce(notifications, event.tenantid, draft);
      wake('EMAIL');
    }
  };
