import type { LinkGrant, SignedLinks } from '@riparo/shared/http/signed-link';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { DAY_MS } from '@riparo/shared/time/units';
import { needsAnswer } from '../notification/needs-answer.js';
import type { Notification } from '../notification/notification.js';
import { isSwitchable, type SwitchableCategory } from '../preference/preference.js';
import type { Locale } from '../template/template.js';

/** Purpose of the signed link; its subject is the id under which the choice is kept, its state the categories. */
export const UNSUBSCRIBE_LINK = 'unsubscribe';

/** Days after the mail was raised for which its link works: mails are kept, and found again, for long. */
const LINK_DAYS = 730;

const SEPARATOR = ',';

/** Where mail programs, the link in the mail and the form of the page lead. */
export const UNSUBSCRIBE_PATH = '/api/v1/public/unsubscribe';

/** How a mail can be switched off. */
export interface Unsubscribe {
  readonly url: string;
  readonly label: string;
}

const LABELS: Readonly<Record<Locale, string>> = {
  en: 'Stop mails of this kind',
  it: 'Non ricevere più e-mail di questo tipo',
};

interface Deps {
  readonly links: SignedLinks;
  readonly publicUrl: string;
}

export interface Mail {
  /** Where the reader's choice is kept: the user's id, or one made from the address. */
  readonly choiceId: string;
  readonly locale: Locale;
  readonly createdAt: Date;
}

/** What a mail is of, as far as its reader can switch it off. */
export const unsubscribable = (notification: Notification): readonly SwitchableCategory[] => {
  const { category, channel } = notification;
  return channel !== 'EMAIL' || !isSwitchable(category) || needsAnswer(notification) ? [] : [category];
};

/** The link that switches the categories of a mail off for its reader; none for what nobody can switch off. */
export const createUnsubscribeLinks =
  ({ links, publicUrl }: Deps) =>
  (tenantId: string, categories: readonly SwitchableCategory[], mail: Mail): Unsubscribe | undefined => {
    if (categories.length === 0) return undefined;
    const { choiceId, locale, createdAt } = mail;
    const expiresAt = new Date(createdAt.getTime() + LINK_DAYS * DAY_MS);
    const state = [...new Set(categories)].join(SEPARATOR);
    const token = links.sign(UNSUBSCRIBE_LINK, { tenantId, subjectId: choiceId, state }, expiresAt);
    return { url: `${publicUrl}${UNSUBSCRIBE_PATH}?token=${token}`, label: LABELS[locale] };
  };

export interface Opened extends Pick<LinkGrant, 'tenantId'> {
  readonly choiceId: string;
  readonly categories: readonly SwitchableCategory[];
}

/** What a link allows; throws `LINK_NOT_VALID`. */
export const openUnsubscribeLink = (links: SignedLinks, token: string): Opened => {
  const { tenantId, subjectId, state = '' } = links.verify(UNSUBSCRIBE_LINK, token);
  const categories = state.split(SEPARATOR).filter(isSwitchable);
  if (categories.length === 0) throw linkInvalid();
  return { tenantId, choiceId: subjectId, categories };
};
