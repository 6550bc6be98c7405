import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor, pageLang } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { paragraph } from '@riparo/shared/pages/parts';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { categoryPreference } from '../preference/preference.js';
import { localeFor, type Locale } from '../template/template.js';
import { switchMail } from './switch-mail.js';
import { openUnsubscribeLink, UNSUBSCRIBE_PATH, type Opened } from './unsubscribe-links.js';
import { wordsIn } from './unsubscribe-words.js';

/** For the API reference: a page refuses nothing in its address and form. */
export const unsubscribeQuery = Joi.object<PageQuery>({ token: Joi.string().description('From the mail.'), lang: pageLang() });
export const unsubscribeForm = Joi.object<PageQuery>({
  choice: Joi.string().description(
    '`on` switches the mails on again. Everything else switches them off, `List-Unsubscribe=One-Click` too.',
  ),
  'List-Unsubscribe': Joi.string().description('`One-Click`, as mail programs send it (RFC 8058).'),
});

type PageCall = PublicCall<PageQuery, PageQuery>;
type Deps = Pick<Dependencies, 'preferences' | 'chosen' | 'users' | 'settings'> & { readonly links: SignedLinks };

const invalidPage = async (deps: Deps, call: PageCall): Promise<Reply> => {
  const company = await deps.settings.find(DEFAULT_TENANT, DEFAULT_TENANT);
  const brand = brandOf(company);
  const language = languageFor(call, localeFor(company?.locale));
  const { title, invalid } = wordsIn(language);
  return htmlReply(422, openPage({ language, brand }, title, paragraph(invalid, 'said fault')), { brand });
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

const tokenIn = (query: PageQuery): string => typedIn(query, 'token')[0] ?? '';

const answer = async (deps: Deps, call: PageCall, choice: 'on' | 'off' | undefined): Promise<Reply> => {
  const token = tokenIn(call.query);
  const opened = openUnsubscribeLink(deps.links, token);
  const { tenantId, choiceId, categories } = opened;
  if (choice !== undefined) await switchMail(deps, opened, choice === 'on');
  const [stored, user, company] = await Promise.all([
    deps.preferences.in(tenantId).find(choiceId),
    deps.users.find(tenantId, choiceId),
    deps.settings.find(tenantId, tenantId),
  ]);
  const language = languageFor(call, localeFor(user?.locale, company?.locale));
  const brand = brandOf(company);
  const address = `${UNSUBSCRIBE_PATH}?token=${encodeURIComponent(token)}`;
  const isOn = categories.some((each) => categoryPreference(stored, each).email);
  const page = openPage({ language, brand, address }, wordsIn(language).title, content(token, language, opened, isOn));
  return htmlReply(200, page, { brand });
};

const orInvalid = async (deps: Deps, call: PageCall, run: () => Promise<Reply>): Promise<Reply> => {
  try {
    return await run();
  } catch (error) {
    if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return invalidPage(deps, call);
    throw error;
  }
};

/** The page. It changes nothing: programs that look at links before people do open it too. */
export const getUnsubscribePage =
  (deps: Deps) =>
  (call: PageCall): Promise<Reply> =>
    orInvalid(deps, call, () => answer(deps, call, undefined));

/** Takes the one click of a mail program (RFC 8058) and the form of the page. */
export const unsubscribe =
  (deps: Deps) =>
  (call: PageCall): Promise<Reply> =>
    orInvalid(deps, call, () => answer(deps, call, typedIn(call.body, 'choice').includes('on') ? 'on' : 'off'));
