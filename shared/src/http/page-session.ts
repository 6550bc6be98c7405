import { createHash, timingSafeEqual } from 'node:crypto';

/** Names of the cookies of pages, and whether browsers send them over TLS only. */
export interface PageCookies {
  /** Holds the access token. */
  readonly session: string;
  /** Holds a random text that a form of somebody who is not signed in is bound to. */
  readonly form: string;
  readonly secure: boolean;
}

/**
 * The cookies of an installation that people reach at `publicUrl`. Behind TLS their names begin with `__Host-`: browsers then
 * take them from this host alone, over TLS and for all paths, so no other host of the domain can put one in.
 */
export const pageCookiesOf = (publicUrl: string): PageCookies => {
  const secure = publicUrl.startsWith('https://');
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}riparo-session`, form: `${prefix}riparo-form`, secure };
};

/** What a request to a page has in its cookies. */
export interface GivenCookies {
  readonly session?: string;
  readonly form?: string;
}

/** Characters. No cookie of Riparo has nearly as many. */
const MAX_HEADER = 8_192;
const VALUE = /^[A-Za-z0-9\-._~]+$/;

/** A cookie that comes twice is nobody's: one of the two was put in by somebody else. */
const valueOf = (pairs: readonly (readonly [string, string])[], wanted: string): string | undefined => {
  const [found, ...others] = pairs.filter(([name]) => name === wanted);
  return found !== undefined && others.length === 0 && VALUE.test(found[1]) ? found[1] : undefined;
};

/** The cookies of pages in a `Cookie` header. */
export const givenCookies = (header: string | undefined, names: PageCookies): GivenCookies => {
  if (header === undefined || header.length > MAX_HEADER) return {};
  const pairs = header.split(';').map((pair): readonly [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
  });
  const [session, form] = [valueOf(pairs, names.session), valueOf(pairs, names.form)];
  return { ...(session === undefined ? {} : { session }), ...(form === undefined ? {} : { form }) };
};

/** A `Set-Cookie` header. Scripts cannot read it, and other sites cannot send it with a form. Without a value it goes. */
export const setCookie = (name: string, value: string, maxAgeS: number, { secure }: PageCookies): string =>
  `${name}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

const digestOf = (cookie: string): Buffer => createHash('sha256').update(`riparo form ${cookie}`).digest();

/**
 * What a form carries to show that a page of this installation made it: other sites know no cookie, so they cannot make it. It
 * does not give the cookie away.
 */
export const formTokenOf = (cookie: string): string => digestOf(cookie).toString('base64url');

/** Whether a form was made by a page for whoever has this cookie. */
export const isFormToken = (given: string, cookie: string | undefined): boolean => {
  if (cookie === undefined) return false;
  const bytes = Buffer.from(given, 'base64url');
  const expected = digestOf(cookie);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
};

/** Where people sign in. */
export const SIGN_IN_PAGE = '/sign-in';
/** Where the form goes that signs out. */
export const SIGN_OUT_PAGE = '/sign-out';

/** Printable characters of a path and a query on this host: `//other.example` and `/\other.example` would lead to another one. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}$/;

/** The path to go back to after signing in, if it is one of this host. */
export const ownPath = (path: string | undefined): string | undefined => (path !== undefined && OWN_PATH.test(path) ? path : undefined);

/** The page on which whoever asked for a path signs in, and comes back from. */
export const signInFor = (path: string): string => {
  const own = ownPath(path);
  return own === undefined ? SIGN_IN_PAGE : `${SIGN_IN_PAGE}?next=${encodeURIComponent(own)}`;
};
