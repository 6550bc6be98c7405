import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { Renderer } from './render.js';
import { definitionOf, type Locale, type TemplateKey, type TemplateText } from './template.js';

const faultOf = (path: string, check: () => unknown): readonly FieldFault[] => {
  try {
    check();
    return [];
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown fault';
    return [{ path, message: `is not a valid template: ${reason}` }];
  }
};

/** Fills each part with the sample data: a text that cannot be written must not be found out by the first customer. */
export const checkTemplate = (renderer: Renderer, key: TemplateKey, locale: Locale, text: TemplateText): void => {
  const { sample } = definitionOf(key);
  const plain: TemplateText = { subject: '-', body: '-' };
  const faults = [
    ...faultOf('subject', () => renderer.render({ ...plain, subject: text.subject }, sample, locale)),
    ...faultOf('body', () => renderer.render({ ...plain, body: text.body }, sample, locale)),
    ...faultOf('action', () => renderer.render({ ...plain, action: text.action }, sample, locale)),
  ];
  if (faults.length > 0) throw invalidInput(faults);
};
