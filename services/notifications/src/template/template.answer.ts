import { view } from '@riparo/shared/http/reference/answer';
import { anything, count, flag, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { CATEGORIES } from '../preference/preference.js';
import { LOCALES, TEMPLATE_KEYS } from './template.js';

export const templateAnswer = view('NotificationTemplate', 'The text of a message in one language, as Handlebars sources.', {
  key: oneOf(TEMPLATE_KEYS),
  locale: oneOf(LOCALES),
  version: count().description('0: the text that ships with Riparo.'),
  category: oneOf(CATEGORIES),
  description: text().description('Who gets the message, and when.'),
  changed: flag().description('The text is your own.'),
  subject: text(),
  body: text().description('A blank line begins a paragraph.'),
  action: text().optional().description('What the button below the text says.'),
  sample: anything('Data for a preview. Its names are those that the text can use.'),
  updatedAt: moment().optional().description('Missing: it was never changed.'),
});

export const renderedMessageAnswer = view('RenderedMessage', 'A message as its recipient reads it.', {
  subject: text(),
  text: text(),
  html: text(),
});
