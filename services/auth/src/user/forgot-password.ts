import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { ForgottenPasswords } from '../link/forgotten.js';
import type { MailPermits } from '../mail/mail-permits.js';
import type { KnownAddress } from '../session/known-address.js';

interface Body {
  readonly email: string;
}

export const forgotPasswordInput = { body: Joi.object<Body>({ email: email().required() }) };

interface Deps {
  readonly forgotten: ForgottenPasswords;
  readonly mailPermits: MailPermits;
  readonly knownAddress: KnownAddress;
}

/** The same answer in the same time, whether there is such an account or not. */
export const forgotPassword =
  ({ forgotten, mailPermits, knownAddress }: Deps) =>
  async (call: PublicCall<Body>): Promise<Reply> => {
    const tenantId = DEFAULT_TENANT;
    const { email: account } = call.body;
    await mailPermits.ask({ tenantId, to: account, ip: call.ip, isKnown: () => knownAddress(tenantId, account, call.ip) });
    await forgotten.request(tenantId, account, call);
    return accepted({ email: account }, 'If there is an account with this address, a link to choose a new password is on its way.');
  };
