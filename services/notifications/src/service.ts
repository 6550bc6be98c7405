import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { Router } from 'express';
import type { NotificationsConfig } from './config.js';
import { createDependencies, type NotificationsOptions } from './dependencies.js';
import { withLive } from './live/create-live.js';
import type { Channel } from './notification/notification.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export interface NotificationsService extends Service {
  /** For tests: resolves when nothing is being delivered. */
  idle(): Promise<void>;
  /** Looks for due notifications now, as the cron job does. */
  deliverDue(channel: Channel): void;
  /** Looks for due webhook deliveries now; resolves when nothing is being delivered. */
  deliverWebhooks(): Promise<void>;
  /** Goes through announcements that are due, as the job does. */
  sendAnnouncements(): Promise<void>;
  /** Goes through mails that came in and are due, as the job does. */
  readMails(): Promise<void>;
}

export const createNotificationsService = (
  platform: Platform,
  config: NotificationsConfig,
  outside: NotificationsOptions = {},
): NotificationsService => {
  const deps = createDependencies(platform, config, outside);
  const {
    dispatcher,
    live,
    webhooks: { worker },
  } = deps;
  const service = assembleService({
    name: 'notifications',
    platform,
    routes: routes(deps),
    subscriptions: withLive(live, subscriptions(deps)),
    jobs: [...deps.inboundMailJobs, ...deps.announcementJobs],
    repositories: deps.repositories,
    onStart: async () => {
      dispatcher.start();
      worker.start();
      await live.start();
      deps.mailbox?.start();
    },
    onStop: async () => {
      await deps.mailbox?.stop();
      await Promise.all([deps.mailReader.stop(), deps.announcementWorker.stop()]);
      await Promise.all([dispatcher.stop(), worker.stop(), live.hub.stop()]);
    },
  });
  const deliverWebhooks = (): Promise<void> => {
    worker.wake();
    return worker.idle();
  };
  const idle = async (): Promise<void> => {
    await Promise.all([deps.mailReader.idle(), deps.announcementWorker.idle()]);
    await dispatcher.idle();
  };
  const router = Router().use(live.door.handler, service.router);
  const doors = { router, endStreams: live.endStreams };
  const byHand = { readMails: () => deps.mailReader.run(), sendAnnouncements: () => deps.announcementWorker.run() };
  return { ...service, ...doors, ...byHand, idle, deliverDue: dispatcher.wake, deliverWebhooks };
};
