import { addresses } from '@riparo/shared/config/addresses';
import { defineConfig, key, loadConfig, secretKey, type ConfigOf, type Environment } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';
import Joi from 'joi';

const DURATION = /^(\d{1,6})\s*(ms|s|m|h|d)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `24h`, `30d`, `15m` or whole seconds, as jsonwebtoken's `expiresIn` reads them; becomes milliseconds. */
const duration = (fallback: string): Joi.StringSchema =>
  Joi.string()
    .custom((text: string, helpers) => {
      const [, amount, unit = 's'] = DURATION.exec(/^\d+$/.test(text) ? `${text}s` : text) ?? [];
      const ms = Number(amount) * (UNITS[unit] ?? Number.NaN);
      return ms >= 1_000 ? ms : helpers.message({ custom: 'must be a duration such as 24h, 30d, 15m or 3600' });
    })
    .default(Number(fallback.slice(0, -1)) * (UNITS[fallback.slice(-1)] ?? 0));

/** What the auth service itself can be told; a process of its own takes `serviceKeys` besides. */
export const authKeys = {
  ADMIN_EMAIL: key<string>(
    Joi.string()
      .trim()
      .lowercase()
      .email({ tlds: { allow: false } })
      .default('admin@riparo.local'),
    'E-mail of the SUPER_ADMIN that the first start makes',
  ),
  ADMIN_PASSWORD: secretKey<string | undefined>(
    Joi.string().min(10).max(128),
    'Password of that SUPER_ADMIN, 10 to 128 characters; when unset one is made and shown once',
  ),
  JWT_PRIVATE_KEY: secretKey<string | undefined>(
    Joi.string().pattern(/-----BEGIN [A-Z ]*PRIVATE KEY-----/),
    'RSA private keys in PEM format, one after the other: the first signs access tokens, all verify; when unset auth makes its own and keeps them in its database',
  ),
  JWT_KEY_ROTATION_DAYS: key<number>(
    Joi.number().integer().min(1).max(3_650).default(90),
    'Days until a key that auth made itself is followed by a new one; nobody is signed out by it',
  ),
  JWT_EXPIRES_IN: key<number>(duration('24h'), 'How long an access token lives, such as 24h or 15m'),
  REFRESH_EXPIRES_IN: key<number>(duration('30d'), 'How long a session lives without being refreshed, such as 30d'),
  BCRYPT_COST: key<number>(
    Joi.number().integer().min(4).max(16).default(12),
    'Logarithmic cost of password hashes; hashes of another cost are renewed at the next sign-in',
  ),
  HASH_THREADS: key<number | undefined>(
    Joi.number().integer().min(1).max(64),
    'Threads that hash passwords; default: one per core but one',
  ),
  HASH_QUEUE: key<number>(
    Joi.number().integer().min(0).max(10_000).default(200),
    'Passwords that may wait for a hashing thread, sign-ins and new passwords apart; more are answered with 429',
  ),
  AUDIT_RETENTION_DAYS: key<number>(
    Joi.number().integer().min(0).max(36_500).default(365),
    'Days that the audit trail is kept; 0 keeps it for ever',
  ),
  PUBLIC_URL: key<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .default('http://localhost:8080'),
    'Address under which people reach this installation; links in mails begin with it',
  ),
  NOTIFICATIONS_URL: key<string>(addresses(4104), 'Base address of the notifications service, which delivers the mails about accounts'),
  TICKETS_URL: key<string>(addresses(4102), 'Base address of the tickets service, which knows whether there is open work for a customer'),
  COMPANY_NAME: key<string>(Joi.string().trim().max(200).default('Riparo'), 'Company name in the first settings'),
  DEFAULT_TIMEZONE: key<string>(Joi.string().default('Europe/Rome'), 'IANA time zone of the first settings'),
  DEFAULT_LOCALE: key<string>(Joi.string().default('en'), 'Language of the first settings, such as en or it-IT'),
  DEFAULT_CURRENCY: key<string>(Joi.string().length(3).uppercase().default('EUR'), 'ISO 4217 currency of the first settings'),
};

export type AuthConfig = ConfigOf<typeof authKeys>;

/** For a process that runs several services. */
export const loadAuthConfig = (env: Environment): AuthConfig => loadConfig(authKeys, env);

/** For auth as a process of its own. */
export const configuration = defineConfig({ ...serviceKeys(4101), ...authKeys }, process.env);
