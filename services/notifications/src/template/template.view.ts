import { builtInText } from './texts.js';
import { definitionOf, type Locale, type TemplateEntity, type TemplateKey } from './template.js';

/** The text in force and what it can be filled with. Version 0: as it ships. */
export const templateView = (key: TemplateKey, locale: Locale, changed: TemplateEntity | undefined) => {
  const { category, description, sample } = definitionOf(key);
  const { subject, body, action } = changed ?? builtInText(key, locale);
  const version = changed?.version ?? 0;
  return {
    key,
    locale,
    version,
    category,
    description,
    changed: changed !== undefined,
    subject,
    body,
    action,
    sample,
    updatedAt: changed?.updatedAt,
  };
};
