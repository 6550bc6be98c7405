import { counter } from '@riparo/shared/metrics/registry';
import type { Platform } from '@riparo/shared/composition/platform';
import { createInternalClient, type InternalClient, type UploadingClient } from '@riparo/shared/http/internal-client';
import { createAnnouncementDependencies } from './announcement/announcement.dependencies.js';
import type { ChannelPort } from './channel/channel.js';
import { createChannels, mailDirectory } from './channel/create-channels.js';
import { longestHandOverMs } from './channel/smtp-channel.js';
import type { NotificationsConfig } from './config.js';
import { createCompose } from './delivery/compose.js';
import { createDeliverNotification, type DeliverDeps } from './delivery/deliver-notification.js';
import { createEnclose } from './delivery/enclose.js';
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.js';
import { createLane, type Lane } from './delivery/lane.js';
import { createPeople } from './delivery/people.js';
import { createNamed } from './delivery/named.js';
import { createQueue } from './delivery/queue.js';
import { createSendToRecipient, type SendDeps } from './delivery/send-to-recipient.js';
import { createAddressHealth, createFailedAddresses } from './failed-address/failed-address.repository.js';
import { createInboundMailDependencies } from './inbound-mail/dependencies.js';
import { createInboxRepository } from './inbox/inbox.repository.js';
import { createLive } from './live/create-live.js';
import { toldInbox } from './live/told-inbox.js';
import { claimMs } from './notification/delivery-decisions.js';
import { createMailPermits, type MailPermits } from './notification/mail-permits.js';
import { createNotificationRepository } from './notification/notification.repository.js';
import type { Channel } from './notification/notification.js';
import { createChosen, type Chosen } from './preference/chosen.js';
import { createPreferenceRepository } from './preference/preference.repository.js';
import { createCollect } from './moment/collect.js';
import { createComposeLetter } from './moment/compose-letter.js';
import { createLater } from './moment/later.js';
import { createReplicas } from './replica/replicas.js';
import { createRenderer, type Renderer } from './template/render.js';
import { createTemplateRepository } from './template/template.repository.js';
import { SMS_KEYS } from './sms/sms-texts.js';
import { createStoppedNumbers, type StoppedNumbers } from './sms/stopped-numbers.js';
import { twilioSettings, type TwilioSettings } from './sms/twilio.js';
import { createUnsubscribeLinks } from './unsubscribe/unsubscribe-links.js';
import { createTexts, type Texts } from './template/texts.js';
import { createWebhookDependencies, type WebhookNet } from './webhook/webhook.dependencies.js';

/** What notifications may be given from outside. */
export interface NotificationsOptions {
  /** Shows mails at `/dev/mail` when there is no mail server; only for the one-process mode. */
  readonly devMail?: boolean;
  /** Where the files of reports come from; default: over HTTP at `REPORTS_URL`. */
  readonly reports?: InternalClient;
  /** Where live updates ask what is to be seen; default: `TICKETS_URL` and `AUTH_URL`. */
  readonly viewsUrl?: () => string;
  readonly webhookNet?: WebhookNet;
  /** Who takes mails that come in; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: UploadingClient;
  /** Where mails go; default: to the mail server, or without one into files. */
  readonly mail?: ChannelPort;
}

const FILES_AT_ONCE = 16;

const createCountOutcome = ({ metrics }: Platform): DeliverDeps['onOutcome'] => {
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

/** What notifications keeps, the copies of others' things included: each has indexes. */
const createCollections = (platform: Platform) => ({
  ...createReplicas(platform),
  notifications: createNotificationRepository(platform),
  inbox: createInboxRepository(platform),
  preferences: createPreferenceRepository(platform),
  templates: createTemplateRepository(platform),
  queue: createQueue(platform),
  failedAddresses: createFailedAddresses(platform),
});

interface Sources extends ReturnType<typeof createCollections> {
  readonly chosen: Chosen;
  readonly texts: Texts;
  readonly renderer: Renderer;
  readonly mailPermits: MailPermits;
  readonly reports: InternalClient;
  readonly timeZoneOf: (tenantId: string) => Promise<string>;
  readonly twilio: TwilioSettings | undefined;
  readonly stoppedNumbers: StoppedNumbers;
  readonly replyAddresses: SendDeps['replyAddresses'];
  readonly addressHealth: SendDeps['addressHealth'];
  readonly mail?: ChannelPort | undefined;
}

/** Everything between "it is due" and "it was handed over". */
const createDelivery = (platform: Platform, config: NotificationsConfig, sources: Sources): Dispatcher => {
  const { clock, log, ids, instance, links } = platform;
  const { queue, inbox } = sources;
  const channels = createChannels(config, sources);
  const claimForMs = claimMs(longestHandOverMs(config.SMTP_TIMEOUT_MS));
  const people = createPeople(sources, sources.chosen, sources.stoppedNumbers);
  const { PUBLIC_URL: publicUrl, PORTAL_URL: portalUrl, DEFAULT_LOCALE: defaultLocale, RATING_DAYS: ratingDays } = config;
  const unsubscribeLinkOf = createUnsubscribeLinks({ links, publicUrl });
  const compose = createCompose({
    ...sources,
    replicas: sources,
    publicUrl,
    portalUrl,
    defaultLocale,
    ratingDays,
    links,
    unsubscribeLinkOf,
  });
  const enclose = createEnclose(sources);
  const composeLetter = createComposeLetter({ ...sources, people, compose, replicas: sources, unsubscribeLinkOf });
  const collect = createCollect({ ...sources, clock });
  const later = createLater({ ...sources, collect, clock, holdMs: config.NOTIFY_HOLD_SECONDS * 1_000, wake: () => lanes.EMAIL.wake() });
  const send = createSendToRecipient({ ...sources, people, compose, enclose, channels, inbox, clock, later, composeLetter });
  const deliver = createDeliverNotification({ ...sources, people, send, clock, claimForMs, onOutcome: createCountOutcome(platform) });
  const lane = (channel: Channel, concurrency: number): Lane =>
    createLane({ channel, concurrency, claimForMs, queue, deliver, instance, ids, clock, log });
  // Mail may wait a little, people who wait for an answer may not: files are written by few at a time.
  const mails = config.SMTP_HOST === undefined ? FILES_AT_ONCE : config.SMTP_CONNECTIONS;
  const lanes = { EMAIL: lane('EMAIL', mails), SMS: lane('SMS', 5), IN_APP: lane('IN_APP', 5) };
  return createDispatcher({ cron: config.NOTIFY_CRON, lanes, channels, log });
};

const reportsOverHttp = ({ serviceTokens: tokens }: Platform, { REPORTS_URL: baseUrl }: NotificationsConfig): InternalClient =>
  createInternalClient({ service: 'reports', baseUrl, tokens });

/** Milliseconds. A picture that came with a mail is turned and made smaller before the answer. */
const MAIL_TIMEOUT_MS = 20_000;

const ticketsOverHttp = ({ serviceTokens: tokens }: Platform, { TICKETS_URL: baseUrl }: NotificationsConfig): UploadingClient =>
  createInternalClient({ service: 'tickets', baseUrl, tokens, timeoutMs: MAIL_TIMEOUT_MS });

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: NotificationsConfig, outside: NotificationsOptions = {}) => {
  const collections = createCollections(platform);
  const chosen = createChosen(collections.preferences);
  const texts = createTexts(collections.templates);
  const renderer = createRenderer();
  const mailPermits = createMailPermits(collections.users, platform.clock);
  const reports = outside.reports ?? reportsOverHttp(platform, config);
  const live = createLive(platform, config, { inbox: collections.inbox, viewsUrl: outside.viewsUrl });
  const inbox = toldInbox(collections.inbox, live);
  const timeZoneOf = async (tenantId: string): Promise<string> =>
    (await collections.settings.find(tenantId, tenantId))?.timeZone ?? config.DEFAULT_TIMEZONE;
  const twilio = twilioSettings(config);
  const stoppedNumbers = createStoppedNumbers(collections.preferences, chosen);
  const tickets = outside.tickets ?? ticketsOverHttp(platform, config);
  const addressHealth = createAddressHealth(collections.failedAddresses);
  const { inboundMailStores, ...inbound } = createInboundMailDependencies(platform, config, { ...collections, tickets, addressHealth });
  const parts = { ...inbound, chosen, texts, renderer, mailPermits, reports, timeZoneOf, twilio, stoppedNumbers, mail: outside.mail };
  const dispatcher = createDelivery(platform, config, { ...collections, ...parts, inbox });
  const { announcementStores, ...announcing } = createAnnouncementDependencies(platform, {
    ...{ ...collections, stoppedNumbers, defaultLocale: config.DEFAULT_LOCALE, wake: dispatcher.wake },
  });
  const webhooks = createWebhookDependencies(platform, config, outside.webhookNet);
  const showsMails = outside.devMail === true && config.SMTP_HOST === undefined;
  return {
    ...collections,
    ...inbound,
    ...announcing,
    chosen,
    texts,
    renderer,
    unsubscribeLinkOf: createUnsubscribeLinks({ links: platform.links, publicUrl: config.PUBLIC_URL }),
    named: createNamed(collections, config.PUBLIC_URL),
    mailPermits,
    links: platform.links,
    dispatcher,
    live,
    hub: live.hub,
    webhooks,
    /** The time zone in which a tenant's days begin. */
    timeZoneOf,
    stoppedNumbers,
    twilio,
    smsTemplates: twilio === undefined ? [] : SMS_KEYS,
    /** Something may be due on this channel now. */
    wake: dispatcher.wake,
    /** Where mails lie that have no mail server to go to; set only where people may look at them. */
    devMailDirectory: showsMails ? mailDirectory(config) : undefined,
    /** Whatever has indexes. */
    repositories: [...Object.values(collections), live.journal, ...webhooks.repositories, ...inboundMailStores, ...announcementStores],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
