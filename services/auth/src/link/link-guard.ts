import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { GuessLimiter } from '../throttle/guess-limiter.js';
import type { UserRepository } from '../user/user.repository.js';
import type { UserState } from '../user/user.js';
import type { Links } from './links.js';
import type { Link, LinkPurpose } from './link.js';

export interface GivenLink {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly ip: string;
  readonly now: Date;
}

/** Opens a link that is to set a password, before the password is hashed: one link must not cost a hash for each try. */
export interface LinkGuard {
  /** `decide` throws when the link is spent; what it decides is not kept. Throws 429 when one link comes too often. */
  open(tenantId: string, given: GivenLink, decide: (user: UserState, link: Link) => unknown): Promise<Link>;
}

export interface LinkGuardOptions {
  readonly users: UserRepository;
  readonly links: Links;
  readonly limiter: GuessLimiter;
}

export const createLinkGuard = ({ users, links, limiter }: LinkGuardOptions): LinkGuard => ({
  open: async (tenantId, { token, purpose, ip, now }, decide) => {
    const link = await links.open(tenantId, token, purpose, now);
    const user = await users.in(tenantId).find(link.userId);
    if (user === undefined) throw linkInvalid();
    decide(user, link);
    // Only who has the link gets here, so nobody else can keep them out.
    await limiter.count({ tenantId, purpose: 'link', account: link.id, ip, known: false });
    return link;
  },
});
