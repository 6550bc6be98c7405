import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { mailDirectory } from './channel/create-channels.js';
import type { NotificationsConfig } from './config.js';
import { createDelivery } from './delivery/create-delivery.js';
import { createInboxRepository } from './inbox/inbox.repository.js';
import { createNotificationRepository } from './notification/notification.repository.js';
import type { Channel } from './notification/notification.js';
import { createChosen } from './preference/chosen.js';
import { createPreferenceRepository } from './preference/preference.repository.js';
import { createReplicas } from './replica/replicas.js';
import { createRoutes } from './routes.js';
import { createSubscriptions } from './subscriptions.js';
import { createRenderer } from './template/render.js';
import { createTemplateRepository } from './template/template.repository.js';
import { createTexts } from './template/texts.js';

export interface NotificationsOptions {
  /** Shows mails at `/dev/mail` when there is no mail server; only for the one-process mode. */
  readonly devMail?: boolean;
}

export interface NotificationsService extends Service {
  /** For tests: resolves when nothing is being delivered. */
  idle(): Promise<void>;
  /** Looks for due notifications now, as the cron job does. */
  deliverDue(channel: Channel): void;
}

export const createNotificationsService = (
  platform: Platform,
  config: NotificationsConfig,
  { devMail = false }: NotificationsOptions = {},
): NotificationsService => {
  const notifications = createNotificationRepository(platform);
  const [inbox, preferences, templates] = [
    createInboxRepository(platform),
    createPreferenceRepository(platform),
    createTemplateRepository(platform),
  ];
  const replicas = createReplicas(platform);
  const followed = [replicas.users, replicas.customers, replicas.settings, replicas.assets, replicas.mergedTickets];
  const chosen = createChosen(preferences);
  const texts = createTexts(templates);
  const stores = { notifications, inbox, preferences, chosen, templates, texts, renderer: createRenderer() };
  const { dispatcher, queue } = createDelivery(platform, config, replicas, stores);
  const devMailDirectory = devMail && config.SMTP_HOST === undefined ? mailDirectory(config) : undefined;
  const service = assembleService({
    name: 'notifications',
    platform,
    routes: createRoutes({ ...stores, wake: dispatcher.wake, devMailDirectory }),
    subscriptions: createSubscriptions(replicas, { notifications, wake: dispatcher.wake }),
    repositories: [notifications, queue, inbox, preferences, templates, ...followed.map(({ replica }) => replica)],
    onStart: async () => {
      dispatcher.start();
    },
    onStop: dispatcher.stop,
  });
  return { ...service, idle: dispatcher.idle, deliverDue: dispatcher.wake };
};
