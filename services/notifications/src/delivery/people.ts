import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { UserStatus } from '@riparo/shared/contracts/enums';
import { roleMay } from '@riparo/shared/contracts/permissions';
import type { Role } from '@riparo/shared/contracts/roles';
import { needsAnswer } from '../notification/needs-answer.js';
import type { Channel, GroupTarget, Notification, Target } from '../notification/notification.js';
import { MAX_COLLEAGUES, type Chosen } from '../preference/chosen.js';
import { categoryPreference } from '../preference/preference.js';
import type { StoppedNumbers } from '../sms/stopped-numbers.js';
import { addressId } from '../unsubscribe/address-id.js';
import type { Replicas } from '../replica/replicas.js';
import { definitionOf, isTemplateKey } from '../template/template.js';

/** Somebody who can be sent something now. */
export interface Person {
  readonly kind: 'person';
  /** An e-mail address, a phone number, or for IN_APP the user's id. */
  readonly address: string;
  readonly name?: string;
  readonly locale?: string;
  /** Set when it also belongs into this user's inbox. */
  readonly inboxUserId?: string;
  /** False when only the inbox is wanted. */
  readonly send: boolean;
  /** Can sign in. Who cannot is led to nothing that asks for it. */
  readonly hasAccount: boolean;
  /** Whoever reads what is sent there has shown so: it is no stranger's address that somebody else has put in. */
  readonly isConfirmed: boolean;
  /** Where the person's choice of messages is kept: the user's id, or one made from the address. */
  readonly choiceId: string;
}

export type Resolution =
  | Person
  /** Not known here yet: events may arrive in any order. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'unwanted'; readonly reason: string };

export interface People {
  /** The users or addresses that a target stands for; `undefined` while that cannot be known. */
  expand(tenantId: string, target: GroupTarget, channel: Channel): Promise<readonly Target[] | undefined>;
  resolve(tenantId: string, notification: Notification, target: Target): Promise<Resolution>;
}

type CustomerTarget = Extract<Target, { kind: 'customer' }>;

const toUser = (userId: string): Target => ({ kind: 'user', userId });

const addressOf = (channel: Channel, { id, email, phone }: PublishedUser): string | undefined => {
  switch (channel) {
    case 'EMAIL':
      return email;
    case 'SMS':
      return phone;
    case 'IN_APP':
      return id;
  }
};

const wants = (preference: { email: boolean; sms: boolean; inApp: boolean }, channel: Channel): boolean =>
  ({ EMAIL: preference.email, SMS: preference.sms, IN_APP: preference.inApp })[channel];

/** Accounts that cannot sign in any more. What would be for such a person goes to whoever stands in for them. */
const OUT_OF_USE: readonly UserStatus[] = ['DISABLED', 'REJECTED'];
const canAct = ({ status, removed }: PublishedUser): boolean => !removed && !OUT_OF_USE.includes(status);

/** What a role must be allowed for a message that is made from an event. Roles change after an event. */
const lacksRight = ({ role, status }: PublishedUser, { content, cause }: Notification): boolean => {
  if (cause === undefined || content.kind !== 'template' || !isTemplateKey(content.key)) return false;
  const { permission } = definitionOf(content.key);
  return permission !== undefined && !(status === 'ACTIVE' && roleMay(role, permission));
};

/** A rejected or disabled person is still told of exactly that, and of nothing else. */
const mayBeTold = ({ status }: PublishedUser, { category }: Notification): boolean =>
  category === 'SECURITY' || !OUT_OF_USE.includes(status);

/** The address stands among the recipients itself: whoever is named by id and by address gets one message. */
const isGiven = ({ recipients }: Notification, address: string): boolean =>
  recipients.some(({ target }) => target.kind === 'email' && target.email.toLowerCase() === address.toLowerCase());

/** Tickets are merged in chains, not in circles; so many of them are looked through at most. */
const MAX_MERGED = 100;

const STOPPED: Resolution = { kind: 'unwanted', reason: 'the number has answered STOP' };

export const createPeople = (
  { users, customers, mergedTickets }: Replicas,
  chosen: Chosen,
  stopped: Pick<StoppedNumbers, 'has'>,
): People => {
  const hasStopped = async ({ channel }: Notification, phone: string): Promise<boolean> => channel === 'SMS' && stopped.has(phone);

  /** The account holders who can act, or the customer's address when there is none of them. */
  const accountHolders = async (tenantId: string, customerId: string, channel: Channel): Promise<readonly Target[] | undefined> => {
    const admins = await users
      .in(tenantId)
      .list({ customerId, role: 'CUSTOMER_ADMIN', removed: false, status: { $nin: [...OUT_OF_USE] } }, { limit: MAX_COLLEAGUES });
    if (admins.length > 0) return admins.map(({ id }) => toUser(id));
    const customer = await customers.find(tenantId, customerId);
    if (customer === undefined) return undefined;
    const { contactPhone: phone = '' } = customer;
    if (channel === 'SMS') return phone === '' ? [] : [{ kind: 'phone', phone }];
    return customer.contactEmail === '' ? [] : [{ kind: 'email', email: customer.contactEmail }];
  };

  const customersSide = async (tenantId: string, target: CustomerTarget, channel: Channel): Promise<readonly Target[] | undefined> => {
    const { customerId, authorUserId, ticketId } = target;
    if (authorUserId === undefined) return accountHolders(tenantId, customerId, channel);
    const author = await users.find(tenantId, authorUserId);
    if (author === undefined) return undefined;
    const belongs = author.customerId === customerId && canAct(author);
    const main = belongs ? [toUser(authorUserId)] : await accountHolders(tenantId, customerId, channel);
    if (main === undefined) return undefined;
    const others = ticketId === undefined ? [] : await theirs(tenantId, customerId, await authorsOfMerged(tenantId, ticketId));
    return [...main, ...others, ...(await chosen.colleagues(tenantId, customerId)).map(toUser)];
  };

  /** The member of staff, or the desk when that account cannot act; `undefined` while the account is not known yet. */
  const standIns = async (tenantId: string, userId: string): Promise<readonly Target[] | undefined> => {
    const user = await users.find(tenantId, userId);
    if (user === undefined) return undefined;
    return canAct(user) ? [toUser(userId)] : desk(tenantId);
  };

  /** A shop whose owner sits at the desk has no agents. */
  const desk = async (tenantId: string): Promise<readonly Target[]> => {
    const inTenant = users.in(tenantId);
    const withRoles = (roles: readonly Role[]) =>
      inTenant.list({ role: { $in: [...roles] }, status: 'ACTIVE', removed: false }, { limit: MAX_COLLEAGUES });
    const agents = await withRoles(['AGENT']);
    return (agents.length > 0 ? agents : await withRoles(['ADMIN', 'SUPER_ADMIN'])).map(({ id }) => toUser(id));
  };

  /** Who had asked the same in a ticket of their own: their answer is given in this one. */
  const authorsOfMerged = async (tenantId: string, ticketId: string): Promise<readonly string[]> => {
    const authors = new Map<string, string>();
    for (let next: readonly string[] = [ticketId]; next.length > 0 && authors.size < MAX_MERGED;) {
      const found = await mergedTickets.in(tenantId).list({ intoId: { $in: [...next] } }, { limit: MAX_MERGED });
      next = found.map(({ id }) => id).filter((id) => !authors.has(id));
      for (const { id, authorUserId } of found) authors.set(id, authorUserId);
    }
    return [...new Set(authors.values())];
  };

  /** Staff who opened a ticket for the customer are not the customer. */
  const theirs = async (tenantId: string, customerId: string, userIds: readonly string[]): Promise<readonly Target[]> => {
    const people = await Promise.all(userIds.map((id) => users.find(tenantId, id)));
    return people.flatMap((person) => (person?.customerId === customerId && canAct(person) ? [toUser(person.id)] : []));
  };

  const resolveUser = async (tenantId: string, notification: Notification, userId: string): Promise<Resolution> => {
    const user = await users.find(tenantId, userId);
    if (user === undefined) return { kind: 'unknown', reason: 'this user is not known (yet)' };
    if (user.removed) return { kind: 'unwanted', reason: 'the account was removed' };
    if (!mayBeTold(user, notification)) return { kind: 'unwanted', reason: `the account is ${user.status}` };
    if (lacksRight(user, notification)) return { kind: 'unwanted', reason: 'the person may not read it (any more)' };
    const preference = categoryPreference(await chosen.of(tenantId, userId), notification.category);
    const send = needsAnswer(notification) || wants(preference, notification.channel);
    const toInbox = notification.inbox && notification.channel !== 'IN_APP' && preference.inApp;
    if (!send && !toInbox) return { kind: 'unwanted', reason: `the person has switched ${notification.category} off` };
    const address = addressOf(notification.channel, user);
    if (address === undefined || address === '')
      // What comes by mail as well is not missed, nor does an announcement fail for those who cannot get it.
      return {
        kind: notification.cause === undefined && notification.announcement === undefined ? 'unreachable' : 'unwanted',
        reason: 'the user has no phone number',
      };
    if (await hasStopped(notification, address)) return STOPPED;
    if (isGiven(notification, address)) return { kind: 'unwanted', reason: 'the same address is a recipient of its own' };
    const { name, locale, emailVerified = true } = user;
    return {
      kind: 'person',
      address,
      name,
      locale,
      send,
      hasAccount: true,
      isConfirmed: emailVerified,
      choiceId: userId,
      ...(toInbox ? { inboxUserId: userId } : {}),
    };
  };

  /** Whoever has no account has a choice all the same: the link in every mail. */
  const resolveAddress = async (tenantId: string, notification: Notification, address: string): Promise<Resolution> => {
    const choiceId = addressId(address);
    const preference = categoryPreference(await chosen.of(tenantId, choiceId), notification.category);
    if (await hasStopped(notification, address)) return STOPPED;
    const isWanted = needsAnswer(notification) || wants(preference, notification.channel);
    if (!isWanted) return { kind: 'unwanted', reason: `the address has switched ${notification.category} off` };
    return { kind: 'person', address, send: true, hasAccount: false, isConfirmed: false, choiceId };
  };

  return {
    expand: async (tenantId, target, channel) => {
      const staff = (standsInFor?: string) => (standsInFor === undefined ? desk(tenantId) : standIns(tenantId, standsInFor));
      const all = target.kind === 'desk' ? await staff(target.standsInFor) : await customersSide(tenantId, target, channel);
      return all?.filter((each) => each.kind !== 'user' || each.userId !== target.exceptUserId);
    },
    resolve: async (tenantId, notification, target) => {
      switch (target.kind) {
        case 'user':
          return resolveUser(tenantId, notification, target.userId);
        case 'email':
          return resolveAddress(tenantId, notification, target.email);
        case 'phone':
          return resolveAddress(tenantId, notification, target.phone);
        case 'customer':
          return { kind: 'unknown', reason: "the customer's people are not known (yet)" };
        case 'desk':
          return { kind: 'unknown', reason: 'nobody of the desk is known (yet)' };
      }
    },
  };
};
