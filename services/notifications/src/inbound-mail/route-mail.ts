import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { isStaff } from '@riparo/shared/contracts/roles';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Notification } from '../notification/notification.js';
import type { Replicas } from '../replica/replicas.js';
import { ownMailOf, type OwnMail } from './classify.js';
import type { MailSubject } from './inbound-mail.js';
import type { ReadMail } from './read-mail.js';
import type { ReplyAddresses } from './reply-address.js';
import { subjectOf } from './subject-of.js';

/** What a mail is to become, before anybody has been asked whether it may. */
export type Way =
  | { readonly kind: 'reply'; readonly about: MailSubject; readonly author: PublishedUser }
  | { readonly kind: 'ticket'; readonly author: PublishedUser }
  | { readonly kind: 'quarantine'; readonly reason: string; readonly about?: MailSubject | undefined };

export interface RouteDeps {
  readonly users: Replicas['users'];
  readonly notifications: Repository<Notification>;
  readonly replyAddresses: ReplyAddresses;
  readonly own: OwnMail;
}

interface Hint {
  readonly about: MailSubject;
  /** The mail came to an address that was made for its very sender. */
  readonly isSigned: boolean;
}

/** `TKT-2026-001`, as subjects have it. */
const NUMBER = /\b(TKT-\d{4}-\d{3,9}|REP-\d{4}-\d{3,9})\b/i;

const byAddress = ({ replyAddresses }: RouteDeps, tenantId: string, { to, fromAddress = '' }: ReadMail): Hint | undefined => {
  const found = to.flatMap((address) => replyAddresses.read(tenantId, address, fromAddress) ?? []);
  const best = found.find(({ isSigned }) => isSigned) ?? found[0];
  return best === undefined ? undefined : { about: best.subject, isSigned: best.isSigned };
};

const byReferences = async ({ notifications, own }: RouteDeps, tenantId: string, mail: ReadMail): Promise<Hint | undefined> => {
  for (const reference of mail.references) {
    const sent = ownMailOf(reference, own);
    const notification = sent === undefined ? undefined : await notifications.in(tenantId).find(sent.notificationId);
    const about = notification === undefined ? undefined : subjectOf(notification);
    if (about !== undefined) return { about, isSigned: false };
  }
  return undefined;
};

const byNumber = ({ subject }: ReadMail): Hint | undefined => {
  const number = NUMBER.exec(subject)?.[1]?.toUpperCase();
  if (number === undefined) return undefined;
  return { about: { kind: number.startsWith('TKT') ? 'TICKET' : 'REPAIR', number }, isSigned: false };
};

/** Who can sign in with this address. */
export const userOf = async (
  { users }: Pick<RouteDeps, 'users'>,
  tenantId: string,
  address: string,
): Promise<PublishedUser | undefined> => {
  const [user] = await users.in(tenantId).list({ email: address, removed: false, status: 'ACTIVE' }, { limit: 1 });
  return user;
};

/**
 * Finds out what a mail is about and who wrote it. A sender's address is easily forged, so a mail counts for no more than its
 * sender as a customer: whether they may see the ticket is for the tickets service to say. What staff write goes on by itself only
 * from the address that was made for them.
 */
export const routeMail = async (deps: RouteDeps, tenantId: string, mail: ReadMail): Promise<Way> => {
  const hint = byAddress(deps, tenantId, mail) ?? (await byReferences(deps, tenantId, mail)) ?? byNumber(mail);
  const about = hint?.about;
  if (!mail.isReadable) return { kind: 'quarantine', reason: 'UNREADABLE', about };
  const author = mail.fromAddress === undefined ? undefined : await userOf(deps, tenantId, mail.fromAddress);
  if (author === undefined) return { kind: 'quarantine', reason: 'UNKNOWN_SENDER', about };
  if (isStaff(author.role) && hint?.isSigned !== true) return { kind: 'quarantine', reason: 'STAFF_WITHOUT_SIGNATURE', about };
  return about === undefined ? { kind: 'ticket', author } : { kind: 'reply', about, author };
};
