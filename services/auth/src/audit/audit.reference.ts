import { operations, type Tag } from '@riparo/shared/http/route';

const AUDIT_TAG: Tag = { name: 'Audit', about: 'Who did what that matters to security.' };

export const AUDIT_OPERATIONS = operations(AUDIT_TAG, {
  listAuditEvents: {},
});
