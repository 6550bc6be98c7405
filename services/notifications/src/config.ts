import { addresses } from '@riparo/shared/config/addresses';
import { defineConfig, key, loadConfig, secretKey, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';
import Joi from 'joi';
import { inboundMailKeys } from './inbound-mail/inbound-mail.config.js';
import { IANAZone } from 'luxon';
import { validate } from 'node-cron';

/** Keys of this service, besides those of every process. */
export const notificationsKeys = {
  SMTP_HOST: key<string | undefined>(Joi.string().hostname(), 'Mail server; without it mails become .eml files under DATA_DIR/mail'),
  SMTP_PORT: key<number>(Joi.number().port().default(587), 'TCP port of the mail server; 465 speaks TLS from the first byte'),
  SMTP_USER: key<string | undefined>(Joi.string(), 'User name for the mail server, when it asks for one'),
  SMTP_PASSWORD: secretKey<string | undefined>(Joi.string(), 'Password for the mail server'),
  SMTP_CONNECTIONS: key<number>(Joi.number().integer().min(1).max(50).default(5), 'Connections to the mail server at once'),
  SMTP_TIMEOUT_MS: key<number>(
    Joi.number().integer().min(100).max(20_000).default(10_000),
    'Milliseconds that each step of a conversation with the mail server may take',
  ),
  MAIL_FROM: key<string>(
    Joi.string()
      .pattern(/^(?:[^<>\p{Cc}]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u)
      .default('Riparo <no-reply@riparo.local>'),
    'Sender of every mail, such as Riparo <desk@example.com>',
  ),
  DATA_DIR: key<string>(Joi.string().default('./data'), 'Directory for mails when there is no mail server'),
  REPORTS_URL: key<string>(addresses(4105), 'Base address of the reports service, which is asked for the files that go out with mails'),
  TICKETS_URL: key<string>(
    addresses(4102),
    'Base address of the tickets service, which is asked for what live updates show and takes mails as replies and tickets',
  ),
  AUTH_URL: key<string>(addresses(4101), 'Base address of the auth service, which is asked what live updates show people of themselves'),
  LIVE_STREAMS: key<number>(
    Joi.number().integer().min(1).max(100_000).default(10_000),
    'Streams of live updates that an instance holds open at most',
  ),
  ...inboundMailKeys,
  NOTIFY_CRON: key<string>(
    Joi.string()
      .default('*/5 * * * * *')
      .custom((value: string, helpers) => (validate(value) ? value : helpers.message({ custom: 'must be a cron expression' }))),
    'Cron expression (six fields, seconds first) of the look for notifications that are due',
  ),
  NOTIFY_HOLD_SECONDS: key<number>(
    Joi.number().integer().min(0).max(3_600).default(60),
    'Seconds for which a mail about a ticket or repair waits for further changes of it, to bring them together; 0: none waits',
  ),
  TWILIO_ACCOUNT_SID: key<string | undefined>(
    Joi.string()
      .trim()
      .pattern(/^AC[0-9a-f]{32}$/),
    'Account at the provider of text messages, Twilio; with TWILIO_AUTH_TOKEN and TWILIO_FROM, or none of them: then nothing is sent',
  ),
  TWILIO_AUTH_TOKEN: secretKey<string | undefined>(Joi.string().trim().min(8), 'Secret of that account, which also signs its calls'),
  TWILIO_FROM: key<string | undefined>(
    Joi.string()
      .trim()
      .pattern(/^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/),
    'Sender of text messages: a number of the account (+39...), a name of up to 11 letters, or a messaging service (MG...)',
  ),
  TWILIO_API_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('https://api.twilio.com'),
    'Base address of the API of Twilio',
  ),
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .replace(/\/+$/, '')
      .default('http://localhost:8080'),
    'Address under which people reach this installation; links in mails begin with it',
  ),
  PORTAL_URL: key<string | undefined>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .replace(/\/+$/, ''),
    'Address of a portal, which has pages for /tickets/:id, /repairs/:id and the like behind its sign-in; when unset mails lead to what opens without one',
  ),
  RATING_DAYS: key<number>(
    Joi.number().integer().min(1).max(365).default(30),
    'Days after its closing in which a ticket can be rated: for how long the link in the closing mail is valid',
  ),
  DEFAULT_TIMEZONE: key<string>(
    Joi.string()
      .default('Europe/Rome')
      .custom((value: string, helpers) => (IANAZone.isValidZone(value) ? value : helpers.error('any.invalid'))),
    'IANA time zone in which days begin until the settings say otherwise, such as Europe/Rome',
  ),
  WEBHOOK_TIMEOUT_MS: key<number>(
    Joi.number().integer().min(100).max(20_000).default(15_000),
    'Milliseconds that a receiver of a webhook may take for one attempt, from the look-up of its name to its answer',
  ),
  WEBHOOKS_ALLOW_HTTP: key<boolean>(Joi.boolean().default(false), 'Whether webhooks may go to http addresses, which nobody encrypts'),
  WEBHOOKS_ALLOW_PRIVATE: key<boolean>(
    Joi.boolean().default(false),
    'Whether webhooks may go to addresses inside of networks (127.0.0.1, 10.0.0.0/8 …); only where every administrator may reach what is there',
  ),
  DEFAULT_LOCALE: key<string>(Joi.string().default('en'), 'Language of messages until user or settings say otherwise, such as en or it-IT'),
};

export type NotificationsConfig = ConfigOf<typeof notificationsKeys>;

/** For a process that runs several services. */
export const loadNotificationsConfig = (env: Environment): NotificationsConfig => loadConfig(notificationsKeys, env);

/** Of the service as a process of its own. */
export const configuration = defineConfig({ ...serviceKeys(4104), ...notificationsKeys }, process.env);
