import { addresses } from '@riparo/shared/config/addresses';
import Joi from 'joi';
import { IANAZone } from 'luxon';
import { defineConfig, key, loadConfig, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';

/** Keys of this service, besides those of every process. */
export const reportsKeys = {
  AUTH_URL: key<string>(
    addresses(4101),
    'Base address of the auth service, which is asked when reports are made anew, and for its parked events',
  ),
  TICKETS_URL: key<string>(
    addresses(4102),
    'Base address of the tickets service, which is asked when reports are made anew, and for its parked events',
  ),
  ASSETS_URL: key<string>(
    addresses(4103),
    'Base address of the assets service, which is asked when reports are made anew, and for its parked events',
  ),
  BILLING_URL: key<string>(
    addresses(4106),
    'Base address of the billing service, which is asked when reports are made anew, and for its parked events',
  ),
  NOTIFICATIONS_URL: key<string>(
    addresses(4104),
    'Base address of the notifications service, which is asked for its parked events as all the others are',
  ),
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('http://localhost:8080'),
    'Address under which people reach this installation; behind https the cookie of pages is for this host and TLS alone',
  ),
  DEFAULT_TIMEZONE: key<string>(
    Joi.string()
      .default('Europe/Rome')
      .custom((value: string, helpers) => (IANAZone.isValidZone(value) ? value : helpers.error('any.invalid'))),
    'IANA time zone in which days begin until the settings say otherwise, such as Europe/Rome',
  ),
};

export type ReportsConfig = ConfigOf<typeof reportsKeys>;

export const loadReportsConfig = (env: Environment): ReportsConfig => loadConfig(reportsKeys, env);

/** Of the service as a process of its own. */
export const configuration = defineConfig({ ...serviceKeys(4105), ...reportsKeys }, process.env);
