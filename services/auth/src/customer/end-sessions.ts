import type { Clock } from '@riparo/shared/runtime/clock';
import type { Revoke } from '../session/revoke.js';
import type { AccessTokens } from '../signing-key/access-tokens.js';
import { signOutEverywhere } from '../user/user.js';
import type { UserRepository } from '../user/user.repository.js';

/** Ends the sessions of all people of a customer; mailed links to it end with them. Twice is harmless. */
export type EndSessionsOf = (tenantId: string, customerId: string) => Promise<void>;

export interface EndSessionsOptions {
  readonly users: UserRepository;
  readonly accessTokens: AccessTokens;
  readonly revoke: Revoke;
  readonly clock: Clock;
}

const BATCH = 100;

export const createEndSessionsOf = ({ users, accessTokens, revoke, clock }: EndSessionsOptions): EndSessionsOf => {
  const end = async (tenantId: string, userId: string): Promise<void> => {
    const until = new Date(clock.now().getTime() + accessTokens.lifetimeMs);
    const user = await users.in(tenantId).update(userId, (state) => signOutEverywhere(state, until));
    if (user !== undefined) revoke(tenantId, { userId, epoch: user.epoch, until });
  };
  return async (tenantId, customerId) => {
    let last: string | undefined;
    do {
      const filter = { customerId, ...(last === undefined ? {} : { id: { $gt: last } }) };
      const people = await users.in(tenantId).list(filter, { sort: { id: 1 }, limit: BATCH });
      for (const { id } of people) await end(tenantId, id);
      last = people.length < BATCH ? undefined : people.at(-1)?.id;
    } while (last !== undefined);
  };
};
