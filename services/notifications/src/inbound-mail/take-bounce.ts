import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { cut } from '@riparo/shared/text/cut';
import type { AddressHealth } from '../failed-address/failed-address.repository.js';
import type { Notification } from '../notification/notification.js';
import { ownMailOf, type OwnMail } from './classify.js';
import { cleanLine, type ReadMail } from './read-mail.js';

interface Deps {
  readonly notifications: Repository<Notification>;
  readonly addressHealth: AddressHealth;
  readonly own: OwnMail;
  readonly clock: Clock;
}

/** A bounce brings the mail that came back, or its headers. */
const MAX_SEARCHED = 256 * 1024;
const MAX_NAMED = 20;
const MESSAGE_ID = /<([0-9a-f-]{36}\.\d{1,6}@[^<>\s]{1,255})>/gi;
const STATUS = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im;
const IN_WORDS = /\b([45]\.\d{1,3}\.\d{1,3})\b/;

const statusOf = ({ files, headers, text }: ReadMail): string | undefined => {
  const report = files.find(({ contentType }) => contentType === 'message/delivery-status')?.bytes.toString('latin1') ?? '';
  const status = STATUS.exec(report)?.[1] ?? IN_WORDS.exec(text)?.[1];
  return status ?? (headers.has('x-failed-recipients') ? '5.0.0' : undefined);
};

/** For good, and because of the address: what a policy refuses (5.7) says something of us. */
export const isForGood = (status: string): boolean => status.startsWith('5.') && !status.startsWith('5.7.');

const namedIn = (raw: Buffer, { references }: ReadMail): readonly string[] => {
  const text = raw.subarray(0, MAX_SEARCHED).toString('latin1');
  return [...references, ...[...text.matchAll(MESSAGE_ID)].map(([, id]) => id as string)].slice(0, MAX_NAMED);
};

/**
 * Marks the address of a mail that came back for good. Only a bounce that names one of our mails counts, and then for the address
 * that this mail went to: nobody else knows its Message-ID, so nobody can silence an address with an invented bounce.
 */
export const createTakeBounce =
  ({ notifications, addressHealth, own, clock }: Deps) =>
  async (tenantId: string, mail: ReadMail, raw: Buffer): Promise<string> => {
    const status = statusOf(mail);
    for (const id of namedIn(raw, mail)) {
      const sent = ownMailOf(id, own);
      const notification = sent === undefined ? undefined : await notifications.in(tenantId).find(sent.notificationId);
      const address = notification?.recipients.find(({ key }) => key === sent?.recipientKey)?.address;
      if (address === undefined) continue;
      if (status === undefined || !isForGood(status)) return 'BOUNCE_NOT_FOR_GOOD';
      const reason = cut(`${status} ${cleanLine(mail.subject, 200)}`, 300);
      await addressHealth.mark(tenantId, address, { source: 'BOUNCE', reason, failedAt: clock.now() });
      return 'ADDRESS_FAILED';
    }
    return 'BOUNCE_OF_UNKNOWN_MAIL';
  };
