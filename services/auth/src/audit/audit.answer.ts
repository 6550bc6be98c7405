import { view } from '@riparo/shared/http/reference/answer';
import { id, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { AUDIT_TYPES } from './audit-event.js';

export const auditEventAnswer = view('AuditEvent', 'What somebody did, or tried, that matters to security.', {
  id: id(),
  at: moment(),
  type: oneOf(AUDIT_TYPES),
  actorUserId: id().optional().description('Who did it; missing: nobody was signed in.'),
  subjectUserId: id().optional().description('The user it was done to.'),
  subjectCustomerId: id().optional().description('The customer it was done to.'),
  email: text().optional().description('As it was sent with a failed sign-in.'),
  ip: text().optional(),
  userAgent: text().optional(),
  details: Joi.object()
    .pattern(/./, text())
    .optional()
    .description('Such as the old and new role, the reason of a rejection, the names of changed fields.'),
});
