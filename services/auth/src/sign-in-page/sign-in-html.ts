import { SIGN_IN_PAGE } from '@riparo/shared/http/page-session';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { inputField, paragraph } from '@riparo/shared/pages/parts';
import type { Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import { PASSWORD_MAX } from '../password/password.schema.js';
import type { SettingsData } from '../settings/settings.js';
import { signInWords } from './sign-in-words.js';

export interface SignInContent {
  readonly language: Language;
  readonly settings: Pick<SettingsData, 'companyName' | 'logoUrl' | 'brandColour'>;
  /** Where to go afterwards. */
  readonly next: string | undefined;
  readonly formToken: string;
  readonly email?: string;
  /** What went wrong. */
  readonly fault?: string;
  /** What was done before. */
  readonly said?: string;
}

const hidden = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const EMAIL_MAX = 254;

/** The form with which people sign in to pages. */
export const signInHtml = ({ language, settings, next, formToken, email = '', fault = '', said = '' }: SignInContent): string => {
  const words = signInWords(language);
  const address = next === undefined ? SIGN_IN_PAGE : `${SIGN_IN_PAGE}?next=${encodeURIComponent(next)}`;
  const fields =
    inputField({ id: 'email', name: 'email', label: words.email, value: email, autocomplete: 'username', maxLength: EMAIL_MAX }) +
    inputField({
      ...{ id: 'password', name: 'password', type: 'password', label: words.password },
      ...{ autocomplete: 'current-password', maxLength: PASSWORD_MAX },
    });
  const content =
    paragraph(fault, 'said fault') +
    paragraph(said, 'said') +
    paragraph(words.intro) +
    `<form method="post" action="${SIGN_IN_PAGE}?lang=${language}">${hidden('form', formToken)}` +
    `${next === undefined ? '' : hidden('next', next)}${fields}<button>${escapeHtml(words.submit)}</button></form>`;
  return openPage({ language, brand: brandOf(settings), address }, words.title, content);
};
