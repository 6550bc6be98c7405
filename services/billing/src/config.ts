import { addresses } from '@riparo/shared/config/addresses';
import { defineConfig, key, secretKey, type ConfigOf } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';
import Joi from 'joi';
import { IANAZone } from 'luxon';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SIGNATURES_FILE } from './invoice/fatturapa/schema/official-schema.js';

/** The schema of the tax office imports the one of signatures, which lies beside it. */
const schemaFile: Joi.CustomValidator<string> = (path, helpers) => {
  const missing = [path, join(dirname(path), SIGNATURES_FILE)].find((each) => !existsSync(each));
  return missing === undefined ? path : helpers.message({ custom: `there is no file ${missing}` });
};

/** Keys of this service, besides those of every process. */
export const billingKeys = {
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('http://localhost:8080'),
    'Address under which people reach the installation; links in documents begin with it',
  ),
  TICKETS_URL: key<string>(addresses(4102), 'Base address of the tickets service, which is asked for repairs of a moment ago'),
  DEFAULT_TIMEZONE: key<string>(
    Joi.string()
      .default('Europe/Rome')
      .custom((value: string, helpers) => (IANAZone.isValidZone(value) ? value : helpers.error('any.invalid'))),
    'IANA time zone in which days begin until the settings say otherwise, such as Europe/Rome',
  ),
  DEFAULT_CURRENCY: key<string>(
    Joi.string()
      .pattern(/^[A-Z]{3}$/)
      .default('EUR'),
    'ISO 4217 currency of quotes until the settings say otherwise',
  ),
  STRIPE_SECRET_KEY: secretKey<string | undefined>(
    Joi.string().trim().min(8),
    'Secret key of the account at the payment provider Stripe; when unset nobody can pay online',
  ),
  STRIPE_WEBHOOK_SECRET: secretKey<string | undefined>(
    Joi.string().trim().min(8),
    'Secret with which Stripe signs its calls to /api/v1/payments/stripe/webhook; when unset these are refused, and payments are booked when the customer returns',
  ),
  STRIPE_API_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('https://api.stripe.com'),
    'Base address of the API of Stripe',
  ),
  FATTURAPA_SCHEMA: key<string | undefined>(
    Joi.string().custom(schemaFile),
    'Path of the official schema of FatturaPA (Schema_VFPR12_v1.2.3.xsd), with xmldsig-core-schema.xsd in the same folder; electronic invoices are checked with it too',
  ),
  FATTURAPA_DROP_DIR: key<string | undefined>(
    Joi.string(),
    'Folder that electronic invoices are put into when they are to be sent; without it they can only be downloaded',
  ),
};

export type BillingConfig = ConfigOf<typeof billingKeys>;

export const configuration = defineConfig({ ...serviceKeys(4106), ...billingKeys }, process.env);
