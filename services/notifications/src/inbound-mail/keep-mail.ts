import { createHash } from 'node:crypto';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { InboundMail } from './inbound-mail.js';
import { inboundMailNotFound } from './inbound-mail.errors.js';
import type { InboundMails, RawMails } from './inbound-mail.repository.js';

/** Largest message, in bytes: 20 MB of pictures are 27 MB in Base64, which most servers refuse already. */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024;

const MAX_HEADERS = 256 * 1024;

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('base64url');

/** The header fields of a message as text, each on one line. */
export const headersOf = (raw: Buffer): string => {
  const text = raw.subarray(0, MAX_HEADERS).toString('latin1').replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  return (end < 0 ? text : text.slice(0, end)).replace(/\n[ \t]+/g, ' ');
};

/** One mail has one key, through whichever door and however often it comes. */
export const dedupeKeyOf = (raw: Buffer): string => {
  const messageId = /^message-id:\s*<([^<>\s]+)>/im.exec(headersOf(raw))?.[1];
  return messageId === undefined ? `raw:${sha256(raw)}` : `id:${sha256(messageId)}`;
};

export interface KeepDeps {
  readonly inboundMails: InboundMails;
  readonly rawMails: RawMails;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/** Stores a mail for good, before anybody looks into it. Resolves to what was stored, or to the same mail of before. */
export type KeepMail = (tenantId: string, raw: Buffer) => Promise<InboundMail>;

const insertOnce = async ({ inboundMails, rawMails, clock }: KeepDeps, tenantId: string, id: string, raw: Buffer): Promise<InboundMail> => {
  const dedupeKey = dedupeKeyOf(raw);
  const mails = inboundMails.in(tenantId);
  try {
    const nextAttemptAt = clock.now();
    const saved = await mails.insert({ id, dedupeKey, byteCount: raw.length, status: 'RECEIVED', attempts: 0, nextAttemptAt });
    await rawMails.confirm(tenantId, id);
    return saved;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const existing = await mails.findOne({ dedupeKey });
    if (existing === undefined) throw inboundMailNotFound();
    if (existing.id !== id) await rawMails.remove(tenantId, id);
    return existing;
  }
};

export const createKeepMail =
  (deps: KeepDeps): KeepMail =>
  async (tenantId, raw) => {
    const existing = await deps.inboundMails.in(tenantId).findOne({ dedupeKey: dedupeKeyOf(raw) });
    if (existing !== undefined) return existing;
    const id = deps.ids.next();
    await deps.rawMails.put({ tenantId, fileId: id, ownerId: id }, { raw: { bytes: raw, contentType: 'message/rfc822' } });
    return insertOnce(deps, tenantId, id, raw);
  };

/** Milliseconds after which nobody is still writing the record of a raw message. */
const LOOSE_MS = 10 * 60_000;
const BATCH = 50;

/** A crash can leave a raw message without its record: it gets one now. A mail that was stored is never lost. */
export const createSweepRawMails = (deps: KeepDeps) => async (): Promise<void> => {
  const { rawMails, inboundMails, clock } = deps;
  for (const { tenantId, fileId } of await rawMails.findLoose(new Date(clock.now().getTime() - LOOSE_MS), BATCH)) {
    const known = await inboundMails.in(tenantId).find(fileId);
    const raw = known === undefined ? await rawMails.get(tenantId, fileId, 'raw') : undefined;
    if (raw === undefined) await rawMails.confirm(tenantId, fileId);
    else await insertOnce(deps, tenantId, fileId, raw.bytes);
  }
};
