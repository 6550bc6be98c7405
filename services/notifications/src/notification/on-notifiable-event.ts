import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Repository } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import { definitionOf, type TemplateKey } from '../template/template.js';
import { raise, type Cause, type Channel, type Notification } from './notification.js';
import { insertOnce } from './notification.repository.js';
import type { Notice } from './ticket-notices.js';

export interface OnNotifiableEventDeps {
  readonly notifications: Repository<Notification>;
  readonly wake: (channel: Channel) => void;
  /** Whose messages are sent as text messages too; none while these are off. */
  readonly smsTemplates: readonly TemplateKey[];
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
  ({ notifications, wake, smsTemplates }: OnNotifiableEventDeps) =>
  <T>(noticesOf: (event: EventEnvelope<T>) => readonly Notice[]): EventHandler<T> =>
  async (event) => {
    for (const { purpose, template, targets, data, pickupNotice } of noticesOf(event)) {
      const at = new Date(event.time);
      const channels: readonly Channel[] = smsTemplates.includes(template) ? ['EMAIL', 'SMS'] : ['EMAIL'];
      for (const channel of channels) {
        const isMail = channel === 'EMAIL';
        const dedupeKey = isMail ? `${event.id}:${purpose}` : `${event.id}:${purpose}:sms`;
        const draft = raise({
          id: seededIds(`${event.tenantid}:${dedupeKey}`, at).next(),
          channel,
          category: definitionOf(template).category,
          content: { kind: 'template', key: template, data },
          targets,
          at,
          dedupeKey,
          cause: { eventId: event.id, type: event.type, ...actorOf(event.data) },
          inbox: isMail,
          ...(pickupNotice === undefined || !isMail ? {} : { pickupNotice }),
        });
        await insertOnce(notifications, event.tenantid, draft);
        wake(channel);
      }
    }
  };
