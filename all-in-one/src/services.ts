import { createAssetsService } from '@riparo/assets/service';
import { createOpenWork } from '@riparo/auth/customer/open-work';
import { createInternalMailer } from '@riparo/auth/mail/mailer';
import type { AuthOptions } from '@riparo/auth/dependencies';
import { createAuthService, type AuthService } from '@riparo/auth/service';
import { createBillingService } from '@riparo/billing/service';
import { createNotificationsService } from '@riparo/notifications/service';
import { createReportsService } from '@riparo/reports/service';
import type { ServiceName } from '@riparo/shared/contracts/topology';
import { createInternalClient, type UploadingClient } from '@riparo/shared/http/internal-client';
import type { KeySource } from '@riparo/shared/http/key-source';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { createTicketsService } from '@riparo/tickets/service';
import type { AllInOneConfig } from './config.js';
import type { Stage } from './stage.js';

export interface ServicesOptions {
  readonly config: AllInOneConfig & { readonly DEVICE_PASSWORD_KEY: string };
  /** Makes a service's platform; `keys` are auth's, which exist once auth is made. */
  readonly platformOf: (name: ServiceName, keys: KeySource) => Platform;
  /** Base address of `/internal/*`; known once the internal server listens. */
  readonly internalUrl: () => string;
  readonly onInitialAdmin: NonNullable<AuthOptions['onInitialAdmin']>;
  readonly stage?: Stage | undefined;
}

/** Milliseconds. A page of tickets with their timelines takes longer than other answers. */
const EXPORT_TIMEOUT_MS = 20_000;
/** Milliseconds. A picture that came with a mail is turned and made smaller before the answer. */
const MAIL_TIMEOUT_MS = 20_000;

export interface Services {
  readonly services: readonly Service[];
  /** Auth's public keys. */
  readonly keys: KeySource;
  /** Resolves when nothing runs behind answers that were given. */
  readonly idle: () => Promise<void>;
}

/** Creates every service on its own platform. */
export const createServices = ({ config, platformOf, internalUrl, onInitialAdmin, stage }: ServicesOptions): Services => {
  // Auth's verifier, like every verifier, finds keys in auth. Auth is created some lines below, so the look-up goes through `found`.
  const found: { auth?: AuthService } = {};
  const keys: KeySource = { find: async (kid) => (await stage?.keys.find(kid)) ?? found.auth?.keys.find(kid) };
  const platform = (name: ServiceName): Platform => platformOf(name, keys);
  const clientOf = (service: ServiceName, from: Platform, timeoutMs?: number): UploadingClient =>
    createInternalClient({ service, baseUrl: internalUrl, tokens: from.serviceTokens, ...(timeoutMs === undefined ? {} : { timeoutMs }) });

  const authPlatform = platform('auth');
  const mailer = stage?.mailer ?? createInternalMailer(clientOf('notifications', authPlatform));
  const hasher = stage === undefined ? {} : { hasher: stage.hasher };
  const openWork = createOpenWork(clientOf('tickets', authPlatform));
  // These addresses are for separate processes; in one process the calls go through `internalUrl`.
  const elsewhere = { NOTIFICATIONS_URL: '', TICKETS_URL: '', ASSETS_URL: '', REPORTS_URL: '', AUTH_URL: '', BILLING_URL: '' };
  const settings = { ...config, PUBLIC_URL: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`, ...elsewhere };
  const auth = (found.auth = createAuthService(authPlatform, settings, { onInitialAdmin, mailer, openWork, ...hasher }));
  const [ticketsPlatform, assetsPlatform] = [platform('tickets'), platform('assets')];
  const [billingPlatform, reportsPlatform, mailPlatform] = [platform('billing'), platform('reports'), platform('notifications')];
  const notifications = createNotificationsService(mailPlatform, settings, {
    devMail: true,
    reports: clientOf('reports', mailPlatform),
    tickets: clientOf('tickets', mailPlatform, MAIL_TIMEOUT_MS),
    viewsUrl: internalUrl,
    ...(stage === undefined ? {} : { mail: stage.mail }),
  });
  const services = [
    auth,
    createTicketsService(ticketsPlatform, settings, {
      assets: clientOf('assets', ticketsPlatform),
      auth: clientOf('auth', ticketsPlatform),
    }),
    createAssetsService(assetsPlatform, settings, {
      tickets: clientOf('tickets', assetsPlatform, EXPORT_TIMEOUT_MS),
      auth: clientOf('auth', assetsPlatform),
    }),
    notifications,
    createReportsService(reportsPlatform, settings, {
      auth: clientOf('auth', reportsPlatform, EXPORT_TIMEOUT_MS),
      tickets: clientOf('tickets', reportsPlatform, EXPORT_TIMEOUT_MS),
      assets: clientOf('assets', reportsPlatform, EXPORT_TIMEOUT_MS),
      billing: clientOf('billing', reportsPlatform, EXPORT_TIMEOUT_MS),
      notifications: clientOf('notifications', reportsPlatform, EXPORT_TIMEOUT_MS),
    }),
    createBillingService(billingPlatform, settings, {
      tickets: clientOf('tickets', billingPlatform),
      auth: clientOf('auth', billingPlatform),
    }),
  ];
  const idle = async (): Promise<void> => {
    await auth.idle();
    await notifications.idle();
  };
  return { services, keys, idle };
};
