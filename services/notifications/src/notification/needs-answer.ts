import type { Notification } from './notification.js';
import { definitionOf, isTemplateKey } from '../template/template.js';

/** Work waits for the answer. Only what is made from events counts: a text that somebody raises by hand can be switched off. */
export const needsAnswer = ({ content, cause, channel }: Notification): boolean =>
  channel === 'EMAIL' &&
  cause !== undefined &&
  content.kind === 'template' &&
  isTemplateKey(content.key) &&
  definitionOf(content.key).needsAnswer === true;
