import type { Caller } from '@riparo/shared/contracts/caller';
import { isStaff } from '@riparo/shared/contracts/roles';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { addressKey } from '@riparo/shared/http/rate-limit';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@riparo/shared/time/units';
import type { MailTask } from '../task/task.js';
import type { Counted, GuessLimiter } from '../throttle/guess-limiter.js';
import { inWords, throttled, type ThrottlePolicy } from '../throttle/throttle.js';
import type { UserState } from '../user/user.js';
import type { MailKind } from './mail-texts.js';

/** Leave to send mails to one addressee: the only way for a use case to the task of a mail. */
export interface MailPermit {
  mail(ids: IdSource, at: Date, kind: MailKind, data?: Readonly<Record<string, string>>): MailTask;
}

/** A mail that a request causes, and to whom. */
export interface MailCause {
  readonly tenantId: string;
  readonly to: string;
  readonly ip: string;
  /** Who asks for it; absent when nobody is signed in. */
  readonly sender?: Pick<Caller, 'userId' | 'role'>;
  /** Whether the addressee asks for it from where they signed in before; asked during a pause only. */
  readonly isKnown?: () => Promise<boolean>;
}

/**
 * Every mail that one person can cause to another's address is counted: for the sender, the addressee, the client's
 * address, and the addressee and that address together.
 */
export interface MailPermits {
  /** Throws 429 with the time to wait. Comes before the use case changes anything. */
  ask(cause: MailCause): Promise<MailPermit>;
  /**
   * For a mail that tells somebody of their own account. An address that nobody has confirmed may be a stranger's: there
   * it is counted too, and when it is too much the mail is left out (`undefined`), but not what it tells of.
   */
  askForNotice(cause: Omit<MailCause, 'to' | 'sender'> & { readonly user: UserState }): Promise<MailPermit | undefined>;
}

/** For mails that were counted when they were asked for. */
export const countedBefore: MailPermit = {
  mail: (ids, at, mail, data) => ({ id: ids.next(), kind: 'MAIL', at, mail, ...(data === undefined ? {} : { data }) }),
};

const policy = (free: number, firstPauseMs: number, longestPauseMs: number): ThrottlePolicy => ({
  free,
  atOnce: free,
  firstPauseMs,
  longestPauseMs,
  forgetAfterMs: HOUR_MS,
});

const PAIR = policy(5, 30 * SECOND_MS, 15 * MINUTE_MS);
const ADDRESS = policy(100, MINUTE_MS, HOUR_MS);
const CUSTOMER = policy(20, MINUTE_MS, HOUR_MS);
/** A new branch is invited in one go. */
const STAFF = policy(300, MINUTE_MS, 15 * MINUTE_MS);
/** Short enough that strangers who use it up do not keep an administrator's mail away for long. */
const ADDRESSEE = policy(10, MINUTE_MS, 15 * MINUTE_MS);

export const MAIL_LIMIT = throttled(
  'mails',
  `Mails within an hour: to one mailbox ${inWords(ADDRESSEE)}, from one network address to it ${inWords(PAIR)}, to anybody ${inWords(ADDRESS)}; of one person of a customer ${inWords(CUSTOMER)}, of the staff ${inWords(STAFF)}.`,
);

/** `me+1@example.org` and `me+2@example.org` are one mailbox with most providers. */
const mailboxOf = (email: string): string => email.replace(/\+[^@]*@/, '@');

const countersOf = ({ to, ip, sender, isKnown }: MailCause): readonly Counted[] => {
  const [mailbox, network] = [mailboxOf(to), addressKey(ip)];
  const staff = sender !== undefined && isStaff(sender.role);
  return [
    { of: ['mail-pair', mailbox, network], policy: PAIR },
    // One address is the whole desk's; each of them has a count of their own.
    ...(staff ? [] : [{ of: ['mail-address', network], policy: ADDRESS }]),
    ...(sender === undefined ? [] : [{ of: ['mail-sender', sender.userId], policy: staff ? STAFF : CUSTOMER }]),
    { of: ['mail-addressee', mailbox], policy: ADDRESSEE, ...(isKnown === undefined ? {} : { excuse: isKnown }) },
  ];
};

export const createMailPermits = (limiter: GuessLimiter): MailPermits => {
  const ask: MailPermits['ask'] = async (cause) => {
    await limiter.countEach(cause.tenantId, countersOf(cause));
    return countedBefore;
  };
  return {
    ask,
    askForNotice: async ({ user, ...cause }) => {
      if (user.emailVerified) return countedBefore;
      try {
        return await ask({ ...cause, to: user.email, sender: { userId: user.id, role: user.role } });
      } catch (error) {
        if (isDomainError(error) && error.kind === 'throttled') return undefined;
        throw error;
      }
    },
  };
};
