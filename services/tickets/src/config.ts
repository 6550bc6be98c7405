import { addresses } from '@riparo/shared/config/addresses';
import { defineConfig, key, loadConfig, secretKey, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';
import Joi from 'joi';
import { IANAZone } from 'luxon';
import { validate } from 'node-cron';
import { travelKeys } from './appointment/travel/travel.config.js';
import { keyFrom } from './repair/device-password/device-password.js';

const passwordKey: Joi.CustomValidator<string> = (text, helpers) => (keyFrom(text) === undefined ? helpers.error('any.invalid') : text);

/** Configuration keys of this service, besides those of every process. */
export const ticketsKeys = {
  ...travelKeys,
  ASSETS_URL: key<string>(
    addresses(4103),
    'Base address of the assets service, asked for devices and locations that were added a moment ago',
  ),
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .replace(/\/+$/, '')
      .default('http://localhost:8080'),
    'Address under which people reach this installation; private addresses of calendars begin with it',
  ),
  DEFAULT_TIMEZONE: key<string>(
    Joi.string()
      .default('Europe/Rome')
      .custom((value: string, helpers) => (IANAZone.isValidZone(value) ? value : helpers.error('any.invalid'))),
    'IANA time zone until the settings say otherwise, such as Europe/Rome',
  ),
  DEFAULT_CURRENCY: key<string>(
    Joi.string()
      .pattern(/^[A-Z]{3}$/)
      .default('EUR'),
    'ISO 4217 currency of repairs until the settings say otherwise',
  ),
  DEVICE_PASSWORD_KEY: secretKey<string>(
    Joi.string().trim().required().custom(passwordKey),
    'Key of 32 bytes (64 hex digits, or base64) with which device passwords are encrypted; without it they cannot be read again',
  ),
  DEVICE_PASSWORD_DAYS: key<number>(
    Joi.number().integer().min(1).max(3_650).default(180),
    'Days after the intake after which a device password is forgotten even if the repair is still open',
  ),
  DEVICE_PASSWORD_OLD_KEYS: secretKey<readonly string[]>(
    Joi.string()
      .trim()
      .custom((text: string, helpers) => {
        const keys = text.split(',').map((each) => each.trim());
        return keys.some((each) => keyFrom(each) === undefined) ? helpers.error('any.invalid') : keys;
      })
      .default([]),
    'Earlier keys, comma separated, with which device passwords can still be read',
  ),
  TECHNICIAN_CAPACITY: key<number>(
    Joi.number().integer().min(1).max(1_000).default(10),
    'Open tickets that the rules give to one technician at most',
  ),
  SILENCE_MINUTES: key<number>(
    Joi.number().integer().min(1).max(100_000).default(120),
    'Working minutes after which an assignee who has not stirred loses a ticket',
  ),
  SILENCE_MAX_MOVES: key<number>(
    Joi.number().integer().min(0).max(100).default(3),
    'How often a ticket is taken from a silent assignee before it waits for an AGENT',
  ),
  AUTO_CLOSE_DAYS: key<number>(Joi.number().min(0.01).max(365).default(7), 'Quiet days after which a resolved ticket closes itself'),
  RATING_DAYS: key<number>(Joi.number().integer().min(1).max(365).default(30), 'Days after its closing in which a ticket can be rated'),
  ATTACHMENT_DAILY_MIB: key<number>(
    Joi.number().integer().min(20).max(100_000).default(500),
    'MiB of files that one person may send within a day',
  ),
  APPOINTMENT_BUFFER_MINUTES: key<number>(
    Joi.number().integer().min(0).max(240).default(30),
    'Minutes kept free before and after every on-site visit; between two of them both count',
  ),
  APPOINTMENT_NOTICE_MINUTES: key<number>(
    Joi.number().integer().min(0).max(20_160).default(60),
    'How soon, in minutes from now, a customer can book an appointment; the desk can book at once',
  ),
  APPOINTMENT_CHANGE_NOTICE: key<number>(
    Joi.number().integer().min(0).max(20_160).default(120),
    'Minutes before its start until which a customer can move or cancel an appointment',
  ),
  APPOINTMENT_DAILY_CAP: key<number>(
    Joi.number().integer().min(0).max(100).default(10),
    'Appointments of one technician in one day at most; 0: no limit',
  ),
  APPOINTMENT_STEP_MINUTES: key<number>(
    Joi.number().integer().min(5).max(240).default(15),
    'Free times that are offered begin at multiples of this many minutes after midnight',
  ),
  REMOTE_SESSION_MINUTES: key<number>(
    Joi.number().integer().min(5).max(720).default(60),
    'Minutes that a remote session takes unless somebody says otherwise, for the times that are offered',
  ),
  ONSITE_VISIT_MINUTES: key<number>(
    Joi.number().integer().min(5).max(720).default(90),
    'Minutes that an on-site visit takes unless somebody says otherwise, for the times that are offered',
  ),
  DROP_OFF_MINUTES: key<number>(
    Joi.number().integer().min(5).max(720).default(15),
    'Minutes that handing over a device at the desk takes unless somebody says otherwise, for the times that are offered',
  ),
  DROP_OFF_PLACES: key<number>(
    Joi.number().integer().min(1).max(100).default(2),
    'Customers who can bring or fetch a device at the desk at the same time',
  ),
  TICKET_CLOCK_CRON: key<string>(
    Joi.string()
      .default('*/10 * * * * *')
      .custom((value: string, helpers) => (validate(value) ? value : helpers.error('any.invalid'))),
    'Cron expression (six fields, seconds first) of the look for due SLA times, silent assignees, quiet days and upkeep',
  ),
};

export type TicketsConfig = ConfigOf<typeof ticketsKeys>;

export const loadTicketsConfig = (env: Environment): TicketsConfig => loadConfig(ticketsKeys, env);

/** Configuration of the service as a process of its own. */
export const configuration = defineConfig({ ...serviceKeys(4102), ...ticketsKeys }, process.env);
