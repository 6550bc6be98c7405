import { all, one } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { renderedMessageAnswer, templateAnswer } from './template.answer.js';

const TEMPLATES: Tag = { name: 'Notification templates', about: 'The texts of mails and messages, by occasion and language.' };

export const TEMPLATE_OPERATIONS = operations(TEMPLATES, {
  listNotificationTemplates: { answer: all(templateAnswer) },
  getNotificationTemplate: { answer: one(templateAnswer) },
  updateNotificationTemplate: { answer: one(templateAnswer) },
  previewNotificationTemplate: { answer: one(renderedMessageAnswer), problems: { 404: ['NOTIFICATION_NOT_FOUND'] } },
});
