import type { Locale, TemplateKey, TemplateText } from './template.js';
import { ENGLISH } from './texts.en.js';
import { ITALIAN } from './texts.it.js';

const TEXTS = { en: ENGLISH, it: ITALIAN } as const satisfies Record<Locale, unknown>;

/** The text that ships with the product. */
export const builtInText = (key: TemplateKey, locale: Locale): TemplateText => TEXTS[locale][key];
