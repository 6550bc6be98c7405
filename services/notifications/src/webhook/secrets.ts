import { randomBytes } from 'node:crypto';
import type { Seal } from '@riparo/shared/runtime/seal';
import { webhookSecretUnreadable } from './webhook.errors.js';
import { signing, type Webhook, type WebhookSecret } from './webhook.js';

/** Standard Webhooks allows 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** Makes the secrets that sign for receivers, and reads them again: what is stored is sealed. */
export interface WebhookSecrets {
  /** The same id under an Idempotency-Key makes another secret: the first one that is stored counts. */
  make(tenantId: string, webhookId: string, id: string): WebhookSecret;
  /** In plain, `whsec_…`. */
  read(tenantId: string, webhookId: string, secret: WebhookSecret): string;
  /** All that sign at this moment. Throws `WEBHOOK_SECRET_UNREADABLE` when the newest is unreadable; older ones are left out then. */
  readSigning(tenantId: string, webhook: Webhook, now: Date): readonly string[];
}

export const createWebhookSecrets = (seal: Seal): WebhookSecrets => {
  const open = (tenantId: string, webhookId: string, { id, sealed }: WebhookSecret): string | undefined =>
    seal.open([tenantId, webhookId, id], sealed);
  const read: WebhookSecrets['read'] = (tenantId, webhookId, secret) => {
    const plain = open(tenantId, webhookId, secret);
    if (plain === undefined) throw webhookSecretUnreadable();
    return plain;
  };
  return {
    make: (tenantId, webhookId, id) => ({
      id,
      sealed: seal.seal([tenantId, webhookId, id], `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`),
    }),
    read,
    readSigning: (tenantId, webhook, now) => {
      const [newest, ...older] = signing(webhook, now);
      if (newest === undefined) throw webhookSecretUnreadable();
      return [read(tenantId, webhook.id, newest), ...older.flatMap((each) => open(tenantId, webhook.id, each) ?? [])];
    },
  };
};
