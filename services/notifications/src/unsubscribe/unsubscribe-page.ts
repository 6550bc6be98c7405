import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { openPage, paragraph } from '@riparo/shared/http/open-page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { categoryPreference } from '../preference/preference.js';
import { localeFor, type Locale } from '../template/template.js';
import { switchMail } from './switch-mail.js';
import { openUnsubscribeLink, UNSUBSCRIBE_PATH, type Opened } from './unsubscribe-links.js';
import { wordsIn } from './unsubscribe-words.js';

/** For the API reference: a page refuses nothing in its address and form. */
export const unsubscribeQuery = Joi.object<PageQuery>({ token: Joi.string().description('From the mail.') });
export const unsubscribeForm = Joi.object<PageQuery>({
  choice: Joi.string().description(
    '`on` switches the mails on again. Everything else switches them off, `List-Unsubscribe=One-Click` too.',
  ),
  'List-Unsubscribe': Joi.string().description('`One-Click`, as mail programs send it (RFC 8058).'),
});

type PageCall = PublicCall<PageQuery, PageQuery>;
type Deps = Pick<Dependencies, 'preferences' | 'chosen' | 'users' | 'settings'> & { readonly links: SignedLinks };

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const html = (status: number, text: string): Reply => ({
  status,
  body: Buffer.from(text),
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-store',
    // The address holds the token.
    'Referrer-Policy': 'no-referrer',
  },
});

const companyOf = async ({ settings }: Deps, tenantId: string) => {
  const company = await settings.find(tenantId, tenantId);
  return { name: company?.companyName ?? '', locale: company?.locale };
};

const invalidPage = async (deps: Deps): Promise<Reply> => {
  const { name, locale } = await companyOf(deps, DEFAULT_TENANT);
  const language = localeFor(locale);
  const { title, invalid } = wordsIn(language);
  return html(422, openPage(language, name, title, paragraph(invalid, 'said fault')));
};

const form = (token: string, choice: 'on' | 'off', label: string): string =>
  `<form method="post" action="${UNSUBSCRIBE_PATH}?token=${encodeURIComponent(token)}">` +
  `<input type="hidden" name="choice" value="${choice}"><button>${escapeHtml(label)}</button></form>`;

const content = (token: string, language: Locale, { categories }: Opened, isOn: boolean): string => {
  const words = wordsIn(language);
  return (
    `<h2>${escapeHtml(`${words.about} ${categories.map((each) => words.categories[each]).join(', ')}`)}</h2>` +
    paragraph(isOn ? words.isOn : words.isOff, 'said') +
    (isOn ? form(token, 'off', words.switchOff) : form(token, 'on', words.switchOn)) +
    `<p><small>${escapeHtml(words.rest)}</small></p>`
  );
};

const answer = async (deps: Deps, token: string, choice: 'on' | 'off' | undefined): Promise<Reply> => {
  const opened = openUnsubscribeLink(deps.links, token);
  const { tenantId, choiceId, categories } = opened;
  if (choice !== undefined) await switchMail(deps, opened, choice === 'on');
  const [stored, user, company] = await Promise.all([
    deps.preferences.in(tenantId).find(choiceId),
    deps.users.find(tenantId, choiceId),
    companyOf(deps, tenantId),
  ]);
  const language = localeFor(user?.locale, company.locale);
  const isOn = categories.some((each) => categoryPreference(stored, each).email);
  return html(200, openPage(language, company.name, wordsIn(language).title, content(token, language, opened, isOn)));
};

const orInvalid = async (deps: Deps, run: () => Promise<Reply>): Promise<Reply> => {
  try {
    return await run();
  } catch (error) {
    if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return invalidPage(deps);
    throw error;
  }
};

const tokenIn = (query: PageQuery): string => typedIn(query, 'token')[0] ?? '';

/** The page. It changes nothing: programs that look at links before people do open it too. */
export const getUnsubscribePage =
  (deps: Deps) =>
  ({ query }: PageCall): Promise<Reply> =>
    orInvalid(deps, () => answer(deps, tokenIn(query), undefined));

/** Takes the one click of a mail program (RFC 8058) and the form of the page. */
export const unsubscribe =
  (deps: Deps) =>
  ({ query, body }: PageCall): Promise<Reply> =>
    orInvalid(deps, () => answer(deps, tokenIn(query), typedIn(body, 'choice').includes('on') ? 'on' : 'off'));
