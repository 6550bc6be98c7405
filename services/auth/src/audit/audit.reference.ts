import { pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { auditEventAnswer } from './audit.answer.js';

const AUDIT_TAG: Tag = { name: 'Audit trail', about: 'Who did what that matters to security.' };

export const AUDIT_OPERATIONS = operations(AUDIT_TAG, {
  listAuditEvents: { answer: pageOf(auditEventAnswer) },
});
