import { assetsKeys } from '@riparo/assets/config';
import { billingKeys } from '@riparo/billing/config';
import { authKeys } from '@riparo/auth/config';
import { gatewayKeys } from '@riparo/gateway/config';
import { notificationsKeys } from '@riparo/notifications/config';
import { reportsKeys } from '@riparo/reports/config';
import { defineConfig, key, secretKey, type ConfigOf } from '@riparo/shared/config/load-config';
import { httpKeys } from '@riparo/shared/config/process-keys';
import { ticketsKeys } from '@riparo/tickets/config';
import Joi from 'joi';

// Services in one process reach each other through `internalUrl`, so the keys for their addresses are left out.
const { NOTIFICATIONS_URL: _notifications, TICKETS_URL: _tickets, ...authOwnKeys } = authKeys;
const { ASSETS_URL: _assets, ...ticketsOwnKeys } = ticketsKeys;
const { TICKETS_URL: _ticketsOfAssets, ...assetsOwnKeys } = assetsKeys;
const { TICKETS_URL: _ticketsOfBilling, ...billingOwnKeys } = billingKeys;
const {
  AUTH_URL: _auth,
  TICKETS_URL: _ticketsOfReports,
  ASSETS_URL: _assetsOfReports,
  BILLING_URL: _billing,
  NOTIFICATIONS_URL: _notificationsOfReports,
  ...reportsOwnKeys
} = reportsKeys;
const {
  AUTH_URL: _authOfNotifications,
  REPORTS_URL: _reportsOfNotifications,
  TICKETS_URL: _ticketsOfNotifications,
  ...notificationsOwnKeys
} = notificationsKeys;
const { UPSTREAM_TIMEOUT_MS: _timeout, ...gatewayOwnKeys } = gatewayKeys;

export const allInOneKeys = {
  ...httpKeys(8080),
  ...gatewayOwnKeys,
  ...authOwnKeys,
  ...ticketsOwnKeys,
  ...assetsOwnKeys,
  ...reportsOwnKeys,
  ...billingOwnKeys,
  ...notificationsOwnKeys,
  PUBLIC_URL: key<string | undefined>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .replace(/\/+$/, ''),
    'Address under which people reach this installation; links in mails begin with it; default http://localhost:<PORT>',
  ),
  DATA_DIR: key<string>(Joi.string().default('./data'), 'Directory of the embedded database and, without a mail server, of mails'),
  MONGO_URL: secretKey<string | undefined>(
    Joi.string().uri({ scheme: ['mongodb', 'mongodb+srv'] }),
    'MongoDB connection string without database name; when unset the embedded database under DATA_DIR is used',
  ),
  INTERNAL_SECRET: secretKey<string | undefined>(
    Joi.string().min(32),
    'Secret that links in mails are signed with, at least 32 characters; when unset one is made and kept under DATA_DIR',
  ),
  DEVICE_PASSWORD_KEY: secretKey<string | undefined>(
    ticketsKeys.DEVICE_PASSWORD_KEY.schema.optional(),
    'Key of 32 bytes (64 hex digits, or base64) with which device passwords are encrypted; when unset one is made and kept under DATA_DIR',
  ),
  AMQP_URL: secretKey<string | undefined>(
    Joi.string().uri({ scheme: ['amqp', 'amqps'] }),
    'RabbitMQ connection string; when unset events stay in the process',
  ),
};

export type AllInOneConfig = ConfigOf<typeof allInOneKeys>;

export const configuration = defineConfig(allInOneKeys, process.env);
