import { brandOf, type PageBrand } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { inputField, paragraph, rows } from '@riparo/shared/pages/parts';
import type { Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import type { LinkPurpose } from '../link/link.js';
import { PASSWORD_MAX } from '../password/password.schema.js';
import type { SettingsData } from '../settings/settings.js';
import { accountWords } from './account-words.js';

/** Where the link of each purpose leads, below `PUBLIC_URL`. */
export const ACCOUNT_PAGES = {
  VERIFY_EMAIL: 'verify-email',
  RESET_PASSWORD: 'reset-password',
  ACCEPT_INVITATION: 'accept-invitation',
} as const satisfies Readonly<Record<LinkPurpose, string>>;

export interface AccountContent {
  readonly purpose: LinkPurpose;
  readonly language: Language;
  readonly settings: Pick<SettingsData, 'companyName' | 'logoUrl' | 'brandColour' | 'contactEmail' | 'contactPhone'>;
  readonly token: string;
}

/** What the form shows beside its fields. */
export interface AccountForm {
  readonly email: string;
  readonly name: string;
  readonly fault?: string | undefined;
  readonly passwordFault?: string | undefined;
  readonly nameFault?: string | undefined;
}

export const brandFor = ({ settings }: AccountContent): PageBrand => brandOf(settings);

const page = (content: AccountContent, inside: string): string => {
  const { purpose, language, settings, token } = content;
  const words = accountWords(language);
  const ways = [settings.contactPhone, settings.contactEmail].filter((way) => way !== undefined);
  const contact = ways.length === 0 ? '' : paragraph(`${words.contact} ${ways.join(' · ')}`);
  const address = `/${ACCOUNT_PAGES[purpose]}?token=${encodeURIComponent(token)}`;
  return openPage({ language, brand: brandFor(content), address }, words[purpose].title, inside + contact);
};

/** Password managers keep the new password under the address of the account, which a field names that nobody sees. */
const passwordField = (language: Language, { email, passwordFault }: AccountForm): string => {
  const words = accountWords(language);
  return (
    `<input type="hidden" name="username" autocomplete="username" value="${escapeHtml(email)}">` +
    inputField({
      ...{ id: 'password', name: 'password', type: 'password', autocomplete: 'new-password', maxLength: PASSWORD_MAX },
      ...{ label: words.password, hint: words.rules, fault: passwordFault },
    })
  );
};

/**
 * The form of a link. It changes nothing until it is sent, because mail programs open links before people do. No cookie is
 * read: who sends the form has to know the token, so no other site can send it for somebody.
 */
export const accountFormHtml = (content: AccountContent, form: AccountForm): string => {
  const { purpose, language, token } = content;
  const words = accountWords(language);
  const { intro, submit } = words[purpose];
  const name = { id: 'name', name: 'name', label: words.name, value: form.name, autocomplete: 'name', maxLength: 200, isOptional: true };
  const fields =
    (purpose === 'ACCEPT_INVITATION' ? inputField({ ...name, fault: form.nameFault }) : '') +
    (purpose === 'VERIFY_EMAIL' ? '' : passwordField(language, form));
  return page(
    content,
    paragraph(form.fault ?? '', 'said fault') +
      paragraph(intro) +
      rows([[words.account, form.email]]) +
      `<form method="post" action="/${ACCOUNT_PAGES[purpose]}?lang=${language}"><input type="hidden" name="token" value="${escapeHtml(token)}">` +
      `${fields}<button>${escapeHtml(submit)}</button></form>`,
  );
};

/** What was done, and what to do now. */
export const accountDoneHtml = (content: AccountContent, said: readonly string[]): string =>
  page(content, said.map((each, index) => paragraph(each, index === 0 ? 'said' : '')).join(''));

/** Of a link that is used, wrong or too old. */
export const accountDeadHtml = (content: AccountContent): string =>
  page(content, paragraph(accountWords(content.language)[content.purpose].dead, 'said fault'));
