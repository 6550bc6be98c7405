import { withoutLinks } from '@riparo/shared/text/without-links';
import { MOMENT, writeTime } from '@riparo/shared/time/write-time';
import { ACCOUNT_PAGES } from '../account-page/account-html.js';
import type { LinkPurpose } from '../link/link.js';
import type { Links } from '../link/links.js';
import type { SettingsRepository } from '../settings/settings.repository.js';
import type { MailTask } from '../task/task.js';
import type { UserRepository } from '../user/user.repository.js';
import type { UserState } from '../user/user.js';
import { languageOf, mailText, type MailKind } from './mail-texts.js';
import type { Mailer } from './mailer.js';

/** Writes and hands over the mail that a task asks for. */
export interface AccountMails {
  send(tenantId: string, userId: string, task: MailTask): Promise<void>;
}

export interface AccountMailsOptions {
  readonly users: UserRepository;
  readonly links: Links;
  readonly settings: SettingsRepository;
  readonly mailer: Mailer;
  /** Where people reach the pages that the links lead to. */
  readonly publicUrl: string;
}

const LINKS: Readonly<Partial<Record<MailKind, { readonly purpose: LinkPurpose; readonly page: string }>>> = {
  VERIFY_EMAIL: { purpose: 'VERIFY_EMAIL', page: ACCOUNT_PAGES.VERIFY_EMAIL },
  RESET_PASSWORD: { purpose: 'RESET_PASSWORD', page: ACCOUNT_PAGES.RESET_PASSWORD },
  INVITATION: { purpose: 'ACCEPT_INVITATION', page: ACCOUNT_PAGES.ACCEPT_INVITATION },
};

/** By the time a mail can be sent its reason may be gone. */
const isObsolete = (kind: MailKind, { status, emailVerified }: UserState): boolean =>
  (kind === 'VERIFY_EMAIL' && emailVerified) ||
  (kind === 'INVITATION' && status !== 'INVITED') ||
  (kind === 'RESET_PASSWORD' && status !== 'ACTIVE');

export const createAccountMails = ({ users, links, settings, mailer, publicUrl }: AccountMailsOptions): AccountMails => {
  const linkFor = async (tenantId: string, user: UserState, kind: MailKind): Promise<Record<string, string>> => {
    const link = LINKS[kind];
    if (link === undefined) return {};
    const url = new URL(link.page, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
    url.searchParams.set('token', await links.issue(tenantId, user, link.purpose));
    return { link: url.href };
  };
  return {
    send: async (tenantId, userId, { id, mail, at, data = {} }) => {
      const user = await users.in(tenantId).find(userId);
      if (user === undefined || isObsolete(mail, user)) return;
      const { companyName, timeZone, locale: usual } = await settings.of(tenantId);
      const locale = user.locale ?? usual;
      const when = writeTime(at, languageOf(locale), timeZone, MOMENT);
      const text = mailText(mail, locale, {
        name: withoutLinks(user.name) || user.email,
        company: companyName,
        when,
        ...data,
        ...(await linkFor(tenantId, user, mail)),
      });
      await mailer.send({ id, to: user.email, locale, ...text });
    },
  };
};
