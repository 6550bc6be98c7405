import { APPOINTMENT_LINK, QUOTE_LINK, QUOTE_LINK_DAYS, quotePath, RATING_LINK } from '@riparo/shared/contracts/links';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { RecentReads } from '@riparo/shared/persistence/recent-reads';
import { withoutLinks } from '@riparo/shared/text/without-links';
import { DAY_MS } from '@riparo/shared/time/units';
import { PermanentDeliveryError } from '../channel/channel.js';
import type { Notification } from '../notification/notification.js';
import type { Replicas } from '../replica/replicas.js';
import type { Rendered, Renderer } from '../template/render.js';
import { isTemplateKey, localeFor, type Locale, type TemplateText } from '../template/template.js';
import type { Texts } from '../template/texts.js';

export interface Composed extends Rendered {
  readonly link?: string;
}

/** Writes a notification for one person. */
export type Compose = (tenantId: string, notification: Notification, person: { name?: string; locale?: string }) => Promise<Composed>;

export interface ComposeDeps {
  readonly replicas: Replicas;
  readonly texts: Texts;
  readonly renderer: Renderer;
  /** Where people reach the application; links begin with it. */
  readonly publicUrl: string;
  readonly links: SignedLinks;
  /** Days after a ticket's closing for which the link to its rating is valid. */
  readonly ratingDays: number;
  readonly defaultLocale: string;
}

/** How the company signs until it has told its name. */
const NO_COMPANY = 'Riparo';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Names of people and companies come from strangers, and mail programs make links of what looks like one. */
const shownName = (name: string | undefined): string | undefined => (name === undefined ? undefined : withoutLinks(name));

export const createCompose = ({ replicas, texts, renderer, publicUrl, links, ratingDays, defaultLocale }: ComposeDeps): Compose => {
  const { users, customers, assets, settings } = replicas;
  const textFor = async (tenantId: string, key: string, locale: Locale): Promise<TemplateText> => {
    if (!isTemplateKey(key)) throw new PermanentDeliveryError(`there is no template "${key}"`);
    return texts.of(tenantId, key, locale);
  };

  /** Made when the mail is written: no event and no database holds it. */
  const ratingLink = (tenantId: string, { ratingTicketId, ratingFrom }: Readonly<Record<string, unknown>>): string | undefined => {
    if (typeof ratingTicketId !== 'string' || typeof ratingFrom !== 'string') return undefined;
    const expiresAt = new Date(Date.parse(ratingFrom) + ratingDays * DAY_MS);
    return `${publicUrl}/rate?token=${links.sign(RATING_LINK, { tenantId, subjectId: ratingTicketId }, expiresAt)}`;
  };

  /** Valid for this very time: whoever moves the appointment makes the links of earlier mails void. */
  const appointmentLink = (tenantId: string, { appointmentId, start }: Readonly<Record<string, unknown>>): string | undefined => {
    if (typeof appointmentId !== 'string' || typeof start !== 'string') return undefined;
    const grant = { tenantId, subjectId: appointmentId, state: new Date(start).toISOString() };
    return `${publicUrl}/appointment?token=${links.sign(APPOINTMENT_LINK, grant, new Date(start))}`;
  };

  /** Valid for this very version, and for some weeks after its last day, so that whoever comes late reads what became of it. */
  const quoteLink = (tenantId: string, { quoteId, quoteVersion, validUntil }: Readonly<Record<string, unknown>>): string | undefined => {
    if (typeof quoteId !== 'string' || typeof quoteVersion !== 'number' || typeof validUntil !== 'string') return undefined;
    const expiresAt = new Date(Date.parse(validUntil) + QUOTE_LINK_DAYS * DAY_MS);
    return `${publicUrl}${quotePath(links.sign(QUOTE_LINK, { tenantId, subjectId: quoteId, state: String(quoteVersion) }, expiresAt))}`;
  };

  /** Events name things by id; people read names. A name that is not known here yet is left out. */
  const named = async (tenantId: string, data: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> => {
    const { technicianUserId, authorUserId, customerId, assetId, path, statusPath } = data;
    const find = <T>(copies: Pick<RecentReads<T>, 'find'>, id: unknown): Promise<T | undefined> =>
      typeof id === 'string' ? copies.find(tenantId, id) : Promise.resolve(undefined);
    const [technician, author, customer, asset] = await Promise.all([
      find(users, technicianUserId),
      find(users, authorUserId),
      find(customers, customerId),
      find(assets, assetId),
    ]);
    const link = typeof path === 'string' ? `${publicUrl}${path}` : data.link;
    const surname = customer?.surname === undefined ? '' : ` ${customer.surname}`;
    const names = {
      technician: technician?.name,
      author: shownName(author?.name),
      customer: customer === undefined ? undefined : shownName(`${customer.name}${surname}`),
      customerPhone: customer?.contactPhone,
      customerEmail: customer?.contactEmail,
      device: asset?.friendlyName,
    };
    return { ...names, ...(typeof statusPath === 'string' ? { statusLink: `${publicUrl}${statusPath}` } : {}), ...data, link };
  };

  return async (tenantId, notification, person) => {
    const company = await settings.find(tenantId, tenantId);
    const locale = localeFor(notification.locale, person.locale, company?.locale, defaultLocale);
    const companyName = company?.companyName ?? NO_COMPANY;
    const { content } = notification;
    if (content.kind === 'plain') return renderer.renderPlain(content.subject, content.body, companyName, locale);
    const text = await textFor(tenantId, content.key, locale);
    // Only events name things by id. A text that somebody raises by hand says what that person wrote, and nothing that the
    // person could not look up: neither who a customer is nor how to reach them.
    const isEvent = notification.cause !== undefined;
    const filled = isEvent ? await named(tenantId, content.data) : content.data;
    const link = textOf((isEvent ? quoteLink(tenantId, content.data) : undefined) ?? filled.link);
    const data: Record<string, unknown> = {
      companyAddress: company?.address,
      companyPhone: company?.contactPhone,
      ...filled,
      link,
      // Nor may anybody write themselves a mail that lets them rate in a customer's name.
      ...(isEvent ? { ratingLink: ratingLink(tenantId, content.data), appointmentLink: appointmentLink(tenantId, content.data) } : {}),
      timeZone: company?.timeZone,
      company: companyName,
      // Whoever has no login is greeted as the customer they are.
      name: shownName(person.name ?? textOf(content.data.name) ?? textOf(filled.customer)) ?? '',
    };
    return { ...render(renderer, text, data, locale), ...(link === undefined ? {} : { link }) };
  };
};

const render = (renderer: Renderer, text: TemplateText, data: Record<string, unknown>, locale: Locale): Rendered => {
  try {
    return renderer.render(text, data, locale);
  } catch (error) {
    throw new PermanentDeliveryError(`the template cannot be filled in: ${error instanceof Error ? error.message : 'unknown fault'}`, {
      cause: error,
    });
  }
};
