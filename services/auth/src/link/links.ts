import { randomBytes } from 'node:crypto';
import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { UserState } from '../user/user.js';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { newLink, opens, parseLinkToken, SECRET_BYTES, type Link, type LinkPurpose } from './link.js';

export interface Links {
  /** Makes a link; the token that it answers is kept nowhere. */
  issue(tenantId: string, user: UserState, purpose: LinkPurpose): Promise<string>;
  /** The link that a token opens; throws when it opens none. */
  open(tenantId: string, token: string, purpose: LinkPurpose, now: Date): Promise<Link>;
  ensureIndexes(): Promise<void>;
}

export const createLinks = ({ connection, clock, relay, ids }: Platform): Links => {
  const links: Repository<Link> = createMongoRepository<Link>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'links',
    indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  });
  return {
    issue: async (tenantId, user, purpose) => {
      const { draft, token } = newLink(ids.next(), randomBytes(SECRET_BYTES), user, purpose, clock.now());
      await links.in(tenantId).insert(draft);
      return token;
    },
    open: async (tenantId, token, purpose, now) => {
      const presented = parseLinkToken(token);
      const link = presented === undefined ? undefined : await links.in(tenantId).find(presented.id);
      if (presented === undefined || link === undefined || !opens(link, presented, purpose, now)) throw linkInvalid();
      return link;
    },
    ensureIndexes: () => links.ensureIndexes(),
  };
};
