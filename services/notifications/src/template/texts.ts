import { createRecentReads, oneByOne } from '@riparo/shared/persistence/recent-reads';
import type { Repository } from '@riparo/shared/persistence/repository';
import { STALE_MS } from '../replica/replicas.js';
import type { Locale, TemplateEntity, TemplateKey, TemplateText } from './template.js';
import { ENGLISH } from './texts.en.js';
import { ITALIAN } from './texts.it.js';

const TEXTS = { en: ENGLISH, it: ITALIAN } as const satisfies Record<Locale, unknown>;

/** The text that ships with the product. */
export const builtInText = (key: TemplateKey, locale: Locale): TemplateText => TEXTS[locale][key];

/** The texts in force, as delivery asks for them. */
export interface Texts {
  of(tenantId: string, key: TemplateKey, locale: Locale): Promise<TemplateText>;
  /** An ADMIN changed it. */
  forget(tenantId: string, key: TemplateKey, locale: Locale): void;
}

export const createTexts = (templates: Repository<TemplateEntity>): Texts => {
  const idOf = (key: TemplateKey, locale: Locale): string => `${key}/${locale}`;
  const changed = createRecentReads(
    oneByOne<TemplateEntity>((tenantId, id) => {
      const [key, locale] = id.split('/') as [TemplateKey, Locale];
      return templates.in(tenantId).findOne({ key, locale });
    }),
    { staleMs: STALE_MS, rememberAbsence: true },
  );
  return {
    of: async (tenantId, key, locale) => (await changed.find(tenantId, idOf(key, locale))) ?? builtInText(key, locale),
    forget: (tenantId, key, locale) => {
      changed.forget(tenantId, idOf(key, locale));
    },
  };
};
