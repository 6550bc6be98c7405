import { changedFields, type AuditEntry } from '../audit/audit-event.js';
import { dataOf, type Customer } from './customer.js';

/** What the audit trail keeps of a change to a customer: which fields, not what was in them. */
export const changeEntry = (before: Customer, after: Customer): AuditEntry => ({
  type: 'CUSTOMER_CHANGED',
  subjectCustomerId: before.id,
  details: changedFields({ ...dataOf(before), status: before.status }, { ...dataOf(after), status: after.status }),
});
