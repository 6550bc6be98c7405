import { cut } from '@riparo/shared/text/cut';
import type { Repository } from '@riparo/shared/persistence/repository';
import { AddressRefusedError, PermanentDeliveryError, type ChannelPort, type Message } from '../channel/channel.js';
import type { InboxItem } from '../inbox/inbox.js';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { AddressHealth } from '../failed-address/failed-address.repository.js';
import type { ReplyAddresses } from '../inbound-mail/reply-address.js';
import { subjectOf } from '../inbound-mail/subject-of.js';
import { putIntoInbox } from '../inbox/put-into-inbox.js';
import type { AttemptResult } from '../notification/delivery-decisions.js';
import type { MailPermits } from '../notification/mail-permits.js';
import type { Channel, Notification, Recipient } from '../notification/notification.js';
import type { Compose } from './compose.js';
import type { Enclose } from './enclose.js';
import type { ComposeLetter, Later } from './letters.js';
import type { People, Person } from './people.js';

export interface SendDeps {
  readonly inbox: Repository<InboxItem>;
  readonly people: Pick<People, 'resolve'>;
  readonly compose: Compose;
  readonly enclose: Enclose;
  readonly channels: Readonly<Record<Channel, ChannelPort>>;
  readonly mailPermits: Pick<MailPermits, 'mayTell'>;
  readonly later: Later;
  readonly composeLetter: ComposeLetter;
  readonly replyAddresses: Pick<ReplyAddresses, 'of'>;
  readonly addressHealth: AddressHealth;
  readonly clock: Clock;
}

export type SendToRecipient = (tenantId: string, notification: Notification, recipient: Recipient) => Promise<AttemptResult>;

const reasonOf = (error: unknown): string => cut(error instanceof Error ? error.message : String(error), 500);

/** Finds out who the recipient is, writes the message and hands it over; a fault of the hand-over is an outcome. */
export const createSendToRecipient = (deps: SendDeps): SendToRecipient => {
  const { people, compose, enclose, channels, inbox, mailPermits, later, composeLetter, replyAddresses, addressHealth, clock } = deps;
  const replyTo = (tenantId: string, notification: Notification, address: string): string | undefined => {
    const subject = notification.channel === 'EMAIL' ? subjectOf(notification) : undefined;
    return subject === undefined ? undefined : replyAddresses.of(tenantId, subject, address);
  };

  /** An address of an earlier try was counted then. */
  const maySend = async (tenantId: string, notification: Notification, { address: tried }: Recipient, person: Person): Promise<boolean> =>
    person.send && (person.isConfirmed || tried !== undefined || mailPermits.mayTell(tenantId, notification, person.address));

  /**
   * Mails about an account are tried all the same, since somebody waits for them, and so is what an administrator has asked to be
   * tried again. Parts of a letter were asked for before.
   */
  const isTriedAnyhow = ({ category, content }: Notification, { address: tried }: Recipient): boolean =>
    category === 'SECURITY' || content.kind === 'collected' || tried !== undefined;
  /** Why nothing goes to an address that has failed. */
  const failureOf = async (tenantId: string, notification: Notification, recipient: Recipient, address: string) =>
    notification.channel !== 'EMAIL' || isTriedAnyhow(notification, recipient) ? undefined : addressHealth.failureOf(tenantId, address);

  /** What the mail server says of the address counts for the next mails too. */
  const pass = async (channel: Channel, message: Message): Promise<void> => {
    try {
      await channels[channel].send(message);
    } catch (error) {
      const failure = { source: 'REFUSED' as const, reason: reasonOf(error), failedAt: clock.now() };
      if (error instanceof AddressRefusedError) await addressHealth.mark(message.tenantId, message.address, failure);
      throw error;
    }
  };

  const handOver = async (tenantId: string, notification: Notification, recipient: Recipient, person: Person): Promise<AttemptResult> => {
    const { address, name, inboxUserId } = person;
    try {
      const failure = await failureOf(tenantId, notification, recipient, address);
      if (failure !== undefined && inboxUserId === undefined)
        return { kind: 'skipped', error: `mail to this address has failed: ${failure}` };
      const send = failure === undefined && (await maySend(tenantId, notification, recipient, person));
      if (!send && inboxUserId === undefined)
        return { kind: 'skipped', error: 'too many messages to an address that nobody has confirmed' };
      const enclosed = send && notification.channel === 'EMAIL' ? await enclose(tenantId, notification) : { notification };
      const composed = await compose(tenantId, enclosed.notification, person);
      const { id: notificationId, createdAt: at } = notification;
      const { attachment } = enclosed;
      const addressed = { tenantId, notificationId, recipientKey: recipient.key, address, name, at, attachment };
      const message: Message = { ...composed, ...addressed, replyTo: replyTo(tenantId, notification, address) };
      if (inboxUserId !== undefined) await putIntoInbox(inbox, inboxUserId, message);
      const collectedIn = send ? await later(tenantId, notification, recipient.target, person) : undefined;
      if (collectedIn !== undefined) return { kind: 'collected', address, collectedIn };
      if (send) await pass(notification.channel, message);
      return { kind: 'sent', address: send ? address : (inboxUserId ?? address) };
    } catch (error) {
      return { kind: error instanceof PermanentDeliveryError ? 'failed' : 'retry', error: reasonOf(error), address };
    }
  };
  /** The inbox has had its parts already. */
  const sendLetter = async (tenantId: string, letter: Notification, { key: recipientKey, target }: Recipient): Promise<AttemptResult> => {
    try {
      const written = await composeLetter(tenantId, letter, target);
      if (written === undefined) return { kind: 'skipped', error: 'the person does not want it (any more)' };
      const { composed, person } = written;
      const { address, name } = person;
      const { id: notificationId, createdAt: at } = letter;
      await pass(letter.channel, { ...composed, tenantId, notificationId, recipientKey, address, name, at });
      return { kind: 'sent', address };
    } catch (error) {
      return { kind: error instanceof PermanentDeliveryError ? 'failed' : 'retry', error: reasonOf(error) };
    }
  };
  const attempt: SendToRecipient = async (tenantId, notification, recipient) => {
    if (notification.content.kind === 'collected') return sendLetter(tenantId, notification, recipient);
    const resolution = await people.resolve(tenantId, notification, recipient.target);
    switch (resolution.kind) {
      case 'person':
        return handOver(tenantId, notification, recipient, resolution);
      case 'unknown':
        return { kind: 'retry', error: resolution.reason };
      case 'unreachable':
        return { kind: 'failed', error: resolution.reason };
      case 'unwanted':
        return { kind: 'skipped', error: resolution.reason };
    }
  };
  return async (tenantId, notification, recipient) => {
    const result = await attempt(tenantId, notification, recipient);
    // What was asked before is known to be no failed address.
    if (result.kind === 'sent' && notification.channel === 'EMAIL' && isTriedAnyhow(notification, recipient))
      await addressHealth.tookMail(tenantId, result.address, clock.now());
    return result;
  };
};
