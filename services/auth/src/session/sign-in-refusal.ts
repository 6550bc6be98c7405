import type { DomainError } from '@riparo/shared/errors/domain-error';
import type { UserState } from '../user/user.js';
import { statusRefusal } from './session.errors.js';

/** Why nobody may be signed in to this account at this moment; `undefined` when they may. Every way to a token asks it. */
export type SignInRefusal = (tenantId: string, user: UserState) => Promise<DomainError | undefined>;

export const createSignInRefusal = (): SignInRefusal => (_tenantId, user) => Promise.resolve(statusRefusal(user));
