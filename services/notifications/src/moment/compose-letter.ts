import type { Repository } from '@riparo/shared/persistence/repository';
import { brandOf } from '@riparo/shared/pages/brand';
import type { Compose } from '../delivery/compose.js';
import type { ComposeLetter, Letter } from '../delivery/letters.js';
import type { People } from '../delivery/people.js';
import type { Notification } from '../notification/notification.js';
import type { Replicas } from '../replica/replicas.js';
import type { Renderer } from '../template/render.js';
import type { Locale } from '../template/template.js';
import { unsubscribable, type createUnsubscribeLinks } from '../unsubscribe/unsubscribe-links.js';

interface Deps {
  readonly notifications: Repository<Notification>;
  readonly people: Pick<People, 'resolve'>;
  readonly compose: Compose;
  readonly renderer: Renderer;
  readonly replicas: Pick<Replicas, 'settings'>;
  readonly unsubscribeLinkOf: ReturnType<typeof createUnsubscribeLinks>;
}

const NO_COMPANY = 'Riparo';

const NEWS: Readonly<Record<Locale, (count: number, company: string) => string>> = {
  en: (count, company) => `${count} messages from ${company}`,
  it: (count, company) => `${count} messaggi da ${company}`,
};

const subjectOf = ({ id, content }: Notification): string => {
  const path = content.kind === 'template' ? content.data.path : undefined;
  return typeof path === 'string' ? path : id;
};

/**
 * Writes all parts of a letter in their order, each as it would have been written alone, of those that the person still wants
 * and may read. `undefined`: nothing is left.
 */
export const createComposeLetter =
  ({ notifications, people, compose, renderer, replicas, unsubscribeLinkOf }: Deps): ComposeLetter =>
  async (tenantId, letter, target) => {
    if (letter.content.kind !== 'collected') return undefined;
    const inTenant = notifications.in(tenantId);
    const written: (Letter & { readonly notification: Notification })[] = [];
    for (const { notificationId } of letter.content.parts) {
      const notification = await inTenant.find(notificationId);
      if (notification === undefined) continue;
      const person = await people.resolve(tenantId, notification, target);
      if (person.kind !== 'person' || !person.send) continue;
      const composed = await compose(tenantId, notification, person);
      written.push({ person, composed, notification });
    }
    const last = written.at(-1);
    if (last === undefined) return undefined;
    if (written.length === 1) return last;
    const { link: _link, unsubscribe: _unsubscribe, locale, ...rest } = last.composed;
    const settings = await replicas.settings.find(tenantId, tenantId);
    const company = settings?.companyName ?? NO_COMPANY;
    const isAboutOne = new Set(written.map(({ notification }) => subjectOf(notification))).size === 1;
    const subject = isAboutOne ? last.composed.subject : NEWS[locale](written.length, company);
    const parts = written.map(({ composed }) => composed);
    const categories = written.flatMap(({ notification }) => unsubscribable(notification));
    const { choiceId } = last.person;
    const unsubscribe = unsubscribeLinkOf(tenantId, categories, { choiceId, locale, createdAt: letter.createdAt });
    const together = renderer.renderTogether(subject, parts, company, locale, brandOf(settings));
    return { person: last.person, composed: { ...rest, ...together, locale, ...(unsubscribe === undefined ? {} : { unsubscribe }) } };
  };
