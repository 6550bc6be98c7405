import { counter } from '@riparo/shared/metrics/registry';
import type { Platform } from '@riparo/shared/composition/platform';
import { createChannels } from '../channel/create-channels.js';
import { longestHandOverMs } from '../channel/smtp-channel.js';
import type { NotificationsConfig } from '../config.js';
import type { Deps } from '../deps.js';
import type { Channel } from '../notification/notification.js';
import { claimMs, type AttemptResult } from '../notification/delivery-decisions.js';
import type { Replicas } from '../replica/replicas.js';
import { createCompose } from './compose.js';
import { createDeliverNotification } from './deliver-notification.js';
import { createDispatcher, type Dispatcher } from './dispatcher.js';
import { createLane, type Lane } from './lane.js';
import { createPeople } from './people.js';
import { createQueue, type Queue } from './queue.js';
import { createSendToRecipient } from './send-to-recipient.js';

export interface Delivery {
  readonly dispatcher: Dispatcher;
  readonly queue: Queue;
}

const FILES_AT_ONCE = 16;

const countOutcomes = ({ metrics }: Platform): ((channel: Channel, outcome: AttemptResult['kind']) => void) => {
  const outcomes = counter(metrics, {
    name: 'notification_outcomes_total',
    help: 'Tries to reach one recipient, by how they ended',
    labelNames: ['channel', 'outcome'],
  });
  const mails = counter(metrics, { name: 'mail_sent_total', help: 'Mails handed over to the mail server' });
  return (channel, outcome) => {
    outcomes.inc({ channel, outcome });
    if (channel === 'EMAIL' && outcome === 'sent') mails.inc();
  };
};

type Stores = Pick<Deps, 'notifications' | 'inbox' | 'chosen' | 'texts' | 'renderer'>;

/** Everything between "it is due" and "it was handed over". */
export const createDelivery = (platform: Platform, config: NotificationsConfig, replicas: Replicas, stores: Stores): Delivery => {
  const { clock, log, ids, instance } = platform;
  const channels = createChannels(config, stores.inbox);
  const queue = createQueue(platform);
  const claimForMs = claimMs(longestHandOverMs(config.SMTP_TIMEOUT_MS));
  const people = createPeople(replicas, stores.chosen);
  const { PUBLIC_URL: publicUrl, DEFAULT_LOCALE: defaultLocale, RATING_DAYS: ratingDays } = config;
  const compose = createCompose({ ...stores, replicas, publicUrl, defaultLocale, ratingDays, links: platform.links });
  const send = createSendToRecipient({ ...stores, people, compose, channels });
  const deliver = createDeliverNotification({ ...stores, queue, people, send, clock, claimForMs, onOutcome: countOutcomes(platform) });
  const lane = (channel: Channel, concurrency: number): Lane =>
    createLane({ channel, concurrency, claimForMs, queue, deliver, instance, ids, clock, log });
  // Mail may wait a little, people who wait for an answer may not: files are written by few at a time.
  const mails = config.SMTP_HOST === undefined ? FILES_AT_ONCE : config.SMTP_CONNECTIONS;
  const lanes = { EMAIL: lane('EMAIL', mails), SMS: lane('SMS', 5), IN_APP: lane('IN_APP', 5) };
  return { queue, dispatcher: createDispatcher({ cron: config.NOTIFY_CRON, lanes, channels, log }) };
};
