import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError, type FieldFault } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { bodyValidator } from '@riparo/shared/http/validate';
import Joi from 'joi';
import type { Link, LinkPurpose } from '../link/link.js';
import type { Links } from '../link/links.js';
import { languageOf } from '../mail/mail-texts.js';
import { isCommonPassword, PASSWORD_MAX, PASSWORD_MIN } from '../password/password.schema.js';
import type { SettingsRepository } from '../settings/settings.repository.js';
import type { UserRepository } from '../user/user.repository.js';
import type { UserState } from '../user/user.js';
import { accountDeadHtml, accountDoneHtml, accountFormHtml, brandFor, type AccountContent, type AccountForm } from './account-html.js';
import { accountWords, type AccountWords } from './account-words.js';

/** For the API reference: pages look at what was typed themselves. */
export const accountPageForm = Joi.object<PageQuery>({ token: Joi.string(), name: Joi.string(), password: Joi.string() });

export interface PageDeps {
  readonly users: UserRepository;
  readonly links: Links;
  readonly settings: SettingsRepository;
}

type PageCall = PublicCall<PageQuery, PageQuery>;

/** What sets one purpose apart: the page decides nothing that the API does not decide. */
export interface AccountPage<Body> {
  readonly purpose: LinkPurpose;
  /** Throws when the link of this user is spent; what it decides is not kept. */
  readonly decide: (user: UserState, link: Link, now: Date) => unknown;
  /** The body that the API takes, and its schema. */
  readonly schema: Joi.ObjectSchema<Body>;
  readonly bodyOf: (typed: Typed) => Readonly<Record<string, string>>;
  /** The API's use case. */
  readonly run: (call: PublicCall<Body>) => Promise<unknown>;
}

interface Typed {
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

/** A token and a password count as they were sent, with the blanks around them. */
export const asSent = (form: PageQuery, name: string): string => [form[name] ?? ''].flat()[0] ?? '';

interface Opened {
  readonly content: AccountContent;
  readonly words: AccountWords;
  /** Missing: the link is used, wrong or too old. */
  readonly user?: UserState;
}

/** Looks at what the link opens, and changes and counts nothing: mail programs open links before people do. */
const peek = async <Body>({ users, links }: PageDeps, { purpose, decide }: AccountPage<Body>, token: string, now: Date) => {
  try {
    const link = await links.open(DEFAULT_TENANT, token, purpose, now);
    const user = await users.in(DEFAULT_TENANT).find(link.userId);
    if (user !== undefined) decide(user, link, now);
    return user;
  } catch (error) {
    if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return undefined;
    throw error;
  }
};

const open = async <Body>(deps: PageDeps, kind: AccountPage<Body>, call: PageCall, token: string): Promise<Opened> => {
  const [settings, user] = await Promise.all([deps.settings.of(DEFAULT_TENANT), peek(deps, kind, token, call.now)]);
  const language = languageFor(call, languageOf(user?.locale ?? settings.locale));
  const content = { purpose: kind.purpose, language, settings, token };
  return { content, words: accountWords(language), ...(user === undefined ? {} : { user }) };
};

const answer = (status: number, { content }: Opened, html: string, headers?: Readonly<Record<string, string>>): Reply =>
  htmlReply(status, html, { brand: brandFor(content) }, headers);

interface Shown extends Partial<Pick<AccountForm, 'fault' | 'passwordFault' | 'nameFault' | 'name'>> {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const formOrDead = (opened: Opened, { status = 200, headers, ...shown }: Shown = {}): Reply => {
  const { content, words, user } = opened;
  if (user === undefined) return answer(422, opened, accountDeadHtml(content));
  if (content.purpose === 'VERIFY_EMAIL' && user.emailVerified) return answer(200, opened, accountDoneHtml(content, [words.confirmed]));
  return answer(status, opened, accountFormHtml(content, { email: user.email, name: user.name, ...shown }), headers);
};

/** `GET /verify-email`, `/reset-password` and `/accept-invitation`: the pages that mails lead to. */
export const getAccountPage =
  <Body>(deps: PageDeps, kind: AccountPage<Body>) =>
  async (call: PageCall): Promise<Reply> =>
    formOrDead(await open(deps, kind, call, typedIn(call.query, 'token')[0] ?? ''));

/** In words what the schema has refused. */
const passwordFault = ({ faults }: AccountWords, password: string): string => {
  if (password === '') return faults.missing;
  if (password.length < PASSWORD_MIN) return faults.short;
  if (password.length > PASSWORD_MAX) return faults.long;
  return isCommonPassword(password) ? faults.common : faults.other;
};

const withFaults = (opened: Opened, typed: Typed, faults: readonly FieldFault[]): Reply => {
  const isOfName = (path: string): boolean => path === 'name';
  return formOrDead(opened, {
    status: 422,
    name: typed.name,
    passwordFault: faults.some(({ path }) => !isOfName(path)) ? passwordFault(opened.words, typed.password) : undefined,
    nameFault: faults.some(({ path }) => isOfName(path)) ? opened.words.faults.name : undefined,
  });
};

/** A refusal of the use case that the page says in words; `undefined` for any other. */
const refused = (error: unknown, { faults }: AccountWords): Shown | undefined => {
  if (!isDomainError(error)) return undefined;
  if (error.code === 'LINK_NOT_VALID') return {};
  if (error.kind !== 'throttled' && error.kind !== 'unavailable') return undefined;
  const isAway = error.kind === 'unavailable';
  const headers = { 'Retry-After': String(error.details.retryAfter ?? 5) };
  return { status: isAway ? 503 : 429, fault: isAway ? faults.away : faults.tooMany, headers };
};

/** `POST` of those pages: their forms. */
export const submitAccountPage =
  <Body>(deps: PageDeps, kind: AccountPage<Body>) =>
  async (call: PageCall): Promise<Reply> => {
    const typed = { token: asSent(call.body, 'token'), name: asSent(call.body, 'name').trim(), password: asSent(call.body, 'password') };
    // Before the use case: afterwards the link says no more whose it was.
    const opened = await open(deps, kind, call, typed.token);
    const faults: FieldFault[] = [];
    const body = bodyValidator(kind.schema).check(kind.bodyOf(typed), faults) as Body;
    if (faults.length > 0 || opened.user === undefined) return withFaults(opened, typed, faults);
    try {
      await kind.run({ ...call, body });
    } catch (error) {
      const shown = refused(error, opened.words);
      if (shown === undefined) throw error;
      return formOrDead(await open(deps, kind, call, typed.token), { name: typed.name, ...shown });
    }
    const { done, next } = opened.words[kind.purpose];
    return answer(200, opened, accountDoneHtml(opened.content, [done, next]));
  };
