import { forbidden } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { TokenVerifier } from '@riparo/shared/http/authenticate';
import type { PageQuery } from '@riparo/shared/http/page-query';
import { isFormToken, setCookie, SIGN_IN_PAGE, type PageCookies } from '@riparo/shared/http/page-session';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { asSent } from '../account-page/show-account-page.js';
import { logout } from '../session/logout.js';

/** For the API reference. */
export const signOutForm = Joi.object<PageQuery>({ form: Joi.string() });

type Deps = Parameters<typeof logout>[0] & { readonly verifier: TokenVerifier; readonly pageCookies: PageCookies };

const callerOf = async (verifier: TokenVerifier, token: string) => {
  try {
    return await verifier.verify(token);
  } catch (error) {
    // The session is over already.
    if (isDomainError(error) && error.kind === 'unauthenticated') return undefined;
    throw error;
  }
};

/** `POST /sign-out`: ends the session of the cookie as `POST /auth/logout` does, and takes the cookie away. */
export const signOutOnPage =
  (deps: Deps) =>
  async (call: PublicCall<PageQuery, PageQuery>): Promise<Reply> => {
    const { verifier, pageCookies } = deps;
    const session = call.cookies?.session;
    if (session !== undefined) {
      if (!isFormToken(asSent(call.body, 'form'), session)) throw forbidden('Only the pages of this installation sign out.');
      const caller = await callerOf(verifier, session);
      if (caller !== undefined) await logout(deps)({ ...call, caller });
    }
    return {
      status: 303,
      headers: { Location: `${SIGN_IN_PAGE}?out=1`, 'Set-Cookie': setCookie(pageCookies.session, '', 0, pageCookies) },
    };
  };
