import { spellingsOf } from '@riparo/shared/text/normal';
import type { UserRepository } from '../user/user.repository.js';
import type { SignInRecords } from './sign-in-record.repository.js';
import { isKnownAddress } from './sign-in-record.js';

/** Whether the account with this e-mail was signed in to from this address before; it does not pay for strangers then. */
export type KnownAddress = (tenantId: string, email: string, ip: string) => Promise<boolean>;

/** Looked up where there is no account, so that both cases ask the database alike. */
export const NOBODY = '00000000-0000-7000-8000-000000000000';

export interface KnownAddressOptions {
  readonly users: UserRepository;
  readonly records: SignInRecords;
}

export const createKnownAddress =
  ({ users, records }: KnownAddressOptions): KnownAddress =>
  async (tenantId, email, ip) => {
    const user = await users.in(tenantId).findOne({ emailKey: { $in: spellingsOf(email) } });
    return isKnownAddress(await records.find(tenantId, user?.id ?? NOBODY), ip);
  };
