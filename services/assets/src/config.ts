import Joi from 'joi';
import { IANAZone } from 'luxon';
import { defineConfig, key, loadConfig, secretKey, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { addresses } from '@riparo/shared/config/addresses';
import { serviceKeys } from '@riparo/shared/config/process-keys';

/** Keys of this service, besides those of every process. */
export const assetsKeys = {
  DEFAULT_TIMEZONE: key<string>(
    Joi.string()
      .default('Europe/Rome')
      .custom((value: string, helpers) => (IANAZone.isValidZone(value) ? value : helpers.error('any.invalid'))),
    'IANA time zone in which days begin until the settings say otherwise, such as Europe/Rome',
  ),
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('http://localhost:8080'),
    'Address under which people reach the installation; the QR code of a device label leads there',
  ),
  CLOUDINARY_URL: secretKey<string | undefined>(
    Joi.string().uri({ scheme: ['cloudinary'] }),
    'Account that keeps photos of devices, cloudinary://<key>:<secret>@<cloud>; when unset they lie in the database',
  ),
  TICKETS_URL: key<string>(
    addresses(4102),
    'Base address of the tickets service, which is asked for repairs of a moment ago, and from which figures and histories of devices can be made anew',
  ),
};

export type AssetsConfig = ConfigOf<typeof assetsKeys>;

export const loadAssetsConfig = (env: Environment): AssetsConfig => loadConfig(assetsKeys, env);

/** Of the service as a process of its own. */
export const configuration = defineConfig({ ...serviceKeys(4103), ...assetsKeys }, process.env);
