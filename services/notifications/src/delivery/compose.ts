import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { PermanentDeliveryError } from '../channel/channel.js';
import type { Notification } from '../notification/notification.js';
import type { Replicas } from '../replica/replicas.js';
import { brandOf, type Brand } from '@riparo/shared/pages/brand';
import type { Rendered, Renderer } from '../template/render.js';
import { isTemplateKey, localeFor, type Locale, type TemplateKey, type TemplateText } from '../template/template.js';
import { fitSms } from '../sms/fit-sms.js';
import { smsTextOf } from '../sms/sms-texts.js';
import type { Texts } from '../template/texts.js';
import { createNamed, shownName } from './named.js';
import { unsubscribable, type createUnsubscribeLinks, type Unsubscribe } from '../unsubscribe/unsubscribe-links.js';
import { createOpenLinks } from './open-links.js';

export interface Composed extends Rendered {
  /** Where the item in the inbox leads. */
  readonly link?: string;
  readonly unsubscribe?: Unsubscribe;
  readonly locale: Locale;
}

/** Writes a notification for one person. */
export type Compose = (tenantId: string, notification: Notification, person: Reader) => Promise<Composed>;

interface Reader {
  readonly name?: string;
  readonly locale?: string;
  readonly hasAccount: boolean;
  readonly choiceId: string;
}

export interface ComposeDeps {
  readonly replicas: Replicas;
  readonly texts: Texts;
  readonly renderer: Renderer;
  /** Where people reach the application; links begin with it. */
  readonly publicUrl: string;
  /** Where a portal is; `undefined`: there is none. */
  readonly portalUrl: string | undefined;
  readonly links: SignedLinks;
  readonly unsubscribeLinkOf: ReturnType<typeof createUnsubscribeLinks>;
  /** Days after a ticket's closing for which the link to its rating is valid. */
  readonly ratingDays: number;
  readonly defaultLocale: string;
}

/** How the company signs until it has told its name. */
const NO_COMPANY = 'Riparo';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const createCompose = ({
  replicas,
  texts,
  renderer,
  publicUrl,
  portalUrl,
  links,
  unsubscribeLinkOf,
  ratingDays,
  defaultLocale,
}: ComposeDeps): Compose => {
  const { settings } = replicas;
  const named = createNamed(replicas, publicUrl);
  const openLinks = createOpenLinks({ links, publicUrl, portalUrl, ratingDays });
  const textFor = async (tenantId: string, key: string, locale: Locale): Promise<TemplateText> => {
    if (!isTemplateKey(key)) throw new PermanentDeliveryError(`there is no template "${key}"`);
    return texts.of(tenantId, key, locale);
  };

  return async (tenantId, notification, person) => {
    const company = await settings.find(tenantId, tenantId);
    const locale = localeFor(notification.locale, person.locale, company?.locale, defaultLocale);
    const companyName = company?.companyName ?? NO_COMPANY;
    const { content } = notification;
    if (content.kind === 'collected') throw new PermanentDeliveryError('a letter is written from its parts');
    const { createdAt, channel } = notification;
    const unsubscribe = unsubscribeLinkOf(tenantId, unsubscribable(notification), { ...person, locale, createdAt });
    const way = { locale, ...(unsubscribe === undefined ? {} : { unsubscribe }) };
    if (channel === 'SMS' && content.kind === 'plain') return { ...shortOf(content.body), locale };
    if (content.kind === 'plain')
      return { ...renderer.renderPlain(content.subject, content.body, companyName, locale, brandOf(company)), ...way };
    const text = await textFor(tenantId, content.key, locale);
    // Only events name things by id. A text that somebody raises by hand says what that person wrote, and nothing that the
    // person could not look up: neither who a customer is nor how to reach them.
    const isEvent = notification.cause !== undefined;
    const filled = isEvent ? await named(tenantId, content.data) : content.data;
    const led = isEvent ? openLinks.leading(tenantId, content.data, person.hasAccount) : {};
    const link = textOf(led.link ?? filled.link);
    const data: Record<string, unknown> = {
      companyAddress: company?.address,
      companyPhone: company?.contactPhone,
      ...filled,
      ...led,
      link,
      // Nor may anybody write themselves a mail that lets them rate in a customer's name.
      ...(isEvent
        ? { ratingLink: openLinks.rating(tenantId, content.data), appointmentLink: openLinks.appointment(tenantId, content.data) }
        : {}),
      timeZone: company?.timeZone,
      company: companyName,
      // Whoever has no login is greeted as the customer they are.
      name: shownName(person.name ?? textOf(content.data.name) ?? textOf(filled.customer)) ?? '',
    };
    const sms = channel === 'SMS' ? (smsTextOf(content.key as TemplateKey, locale) ?? text.subject) : undefined;
    if (sms !== undefined)
      return { ...shortOf(render(renderer, { subject: sms, body: '' }, data, locale, brandOf(company)).subject), locale };
    const shown = (isEvent && person.hasAccount ? openLinks.inApp(tenantId, content.data) : undefined) ?? link;
    return { ...render(renderer, text, data, locale, brandOf(company)), ...(shown === undefined ? {} : { link: shown }), ...way };
  };
};

/** A text message has neither subject nor markup. */
const shortOf = (text: string): Rendered => ({ subject: '', text: fitSms(text), html: '' });

const render = (renderer: Renderer, text: TemplateText, data: Record<string, unknown>, locale: Locale, brand: Brand): Rendered => {
  try {
    return renderer.render(text, data, locale, brand);
  } catch (error) {
    throw new PermanentDeliveryError(`the template cannot be filled in: ${error instanceof Error ? error.message : 'unknown fault'}`, {
      cause: error,
    });
  }
};
