import { randomBytes } from 'node:crypto';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isCustomerRole } from '@riparo/shared/contracts/roles';
import { isDomainError, type FieldFault } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import { formTokenOf, isFormToken, ownPath, setCookie, type PageCookies } from '@riparo/shared/http/page-session';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { bodyValidator } from '@riparo/shared/http/validate';
import { brandOf } from '@riparo/shared/pages/brand';
import { SECOND_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { asSent } from '../account-page/show-account-page.js';
import { languageOf } from '../mail/mail-texts.js';
import { loginInput } from '../session/login.js';
import type { SignInCredentials, SignInWithPassword } from '../session/sign-in.js';
import type { SettingsRepository } from '../settings/settings.repository.js';
import { signInHtml } from './sign-in-html.js';
import { signInWords, type SignInWords } from './sign-in-words.js';

/** For the API reference: the page looks at what was typed itself. */
export const signInForm = Joi.object<PageQuery>({ email: Joi.string(), password: Joi.string(), next: Joi.string(), form: Joi.string() });

export interface SignInPageDeps {
  readonly signIn: SignInWithPassword;
  readonly settings: SettingsRepository;
  readonly pageCookies: PageCookies;
}
type PageCall = PublicCall<PageQuery, PageQuery>;

/** How long a form may stay open before it is sent. */
const FORM_SECONDS = 86_400;
const FORM_BYTES = 24;

interface Shown {
  readonly next: string | undefined;
  readonly status?: number;
  readonly fault?: string;
  readonly said?: string;
  readonly email?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page, with a form that is bound to a cookie of this browser: several tabs share the cookie. */
const page = async (
  { settings: all, pageCookies }: SignInPageDeps,
  call: PageCall,
  shown: (words: SignInWords) => Shown,
): Promise<Reply> => {
  const settings = await all.of(DEFAULT_TENANT);
  const language = languageFor(call, languageOf(settings.locale));
  const { status = 200, headers, ...content } = shown(signInWords(language));
  const cookie = call.cookies?.form ?? randomBytes(FORM_BYTES).toString('base64url');
  const html = signInHtml({ language, settings, formToken: formTokenOf(cookie), ...content });
  return htmlReply(
    status,
    html,
    { brand: brandOf(settings) },
    { ...headers, 'Set-Cookie': setCookie(pageCookies.form, cookie, FORM_SECONDS, pageCookies) },
  );
};

/** `GET /sign-in` */
export const getSignInPage =
  (deps: SignInPageDeps) =>
  (call: PageCall): Promise<Reply> =>
    page(deps, call, ({ signedOut }) => ({
      next: ownPath(typedIn(call.query, 'next')[0]),
      ...(typedIn(call.query, 'out').length === 0 ? {} : { said: signedOut }),
    }));

/** A refusal that the page says in words; `undefined` for any other. */
const refused = (error: unknown, { faults }: SignInWords): Pick<Shown, 'status' | 'fault' | 'headers'> | undefined => {
  if (!isDomainError(error)) return undefined;
  const headers = { 'Retry-After': String(error.details.retryAfter ?? 5) };
  if (error.kind === 'unauthenticated') return { status: 422, fault: faults.wrong };
  if (error.kind === 'throttled') return { status: 429, fault: faults.tooMany, headers };
  if (error.kind === 'unavailable') return { status: 503, fault: faults.away, headers };
  const told = Object.entries(faults).find(([code]) => code === error.code)?.[1];
  return told === undefined ? undefined : { status: 403, fault: told };
};

/**
 * `POST /sign-in`: signs in as `POST /auth/login` does, and puts the access token of the new session into a cookie. The refresh
 * token goes nowhere: when the access token has expired, people sign in again.
 */
export const signInOnPage =
  (deps: SignInPageDeps) =>
  async (call: PageCall): Promise<Reply> => {
    const { signIn, pageCookies } = deps;
    const next = ownPath(asSent(call.body, 'next'));
    const email = asSent(call.body, 'email').trim();
    // Without it another site could sign somebody in to an account of its own, and read what is typed there.
    if (!isFormToken(asSent(call.body, 'form'), call.cookies?.form))
      return page(deps, call, ({ faults }) => ({ next, email, status: 403, fault: faults.stale }));
    const faults: FieldFault[] = [];
    const given = bodyValidator(loginInput.body).check({ email, password: asSent(call.body, 'password') }, faults) as SignInCredentials;
    if (faults.length > 0) return page(deps, call, (words) => ({ next, email, status: 422, fault: words.faults.missing }));
    try {
      const { token, expiresAt, user } = await signIn(DEFAULT_TENANT, call, given);
      const seconds = Math.max(0, Math.ceil((expiresAt.getTime() - call.now.getTime()) / SECOND_MS));
      return {
        status: 303,
        headers: {
          Location: next ?? (isCustomerRole(user.role) ? '/' : '/reports'),
          'Set-Cookie': setCookie(pageCookies.session, token, seconds, pageCookies),
        },
      };
    } catch (error) {
      const language = languageFor(call, 'en');
      if (refused(error, signInWords(language)) === undefined) throw error;
      return page(deps, call, (words) => ({ next, email, ...refused(error, words) }));
    }
  };
