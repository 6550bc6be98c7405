import type { IdSource } from '@riparo/shared/runtime/ids';
import { entryOf, type AuditEntry, type Circumstances } from '../audit/audit-event.js';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { MailKind } from '../mail/mail-texts.js';

/**
 * What one write entails in other documents or services. Tasks are saved in the document of the change that causes them,
 * done right afterwards, and found again by a job when a crash came in between. Doing one twice must be harmless: each
 * has an id that whoever receives it knows it by.
 */
export type Task = CreateCustomerTask | EndSessionsTask | MailTask | AuditTask;

interface AnyTask {
  readonly id: string;
  readonly at: Date;
}

/** A registration makes a user and a customer: the customer follows, under an id (the task's) settled beforehand. */
export interface CreateCustomerTask extends AnyTask {
  readonly kind: 'CREATE_CUSTOMER';
  readonly customer: CustomerData;
}

/** A customer was closed: the sessions of its people end. */
export interface EndSessionsTask extends AnyTask {
  readonly kind: 'END_SESSIONS';
}

/** Made by a permit, see mail-permits.ts. */
export interface MailTask extends AnyTask {
  readonly kind: 'MAIL';
  readonly mail: MailKind;
  readonly data?: Readonly<Record<string, string>>;
}

export interface AuditTask extends AnyTask {
  readonly kind: 'AUDIT';
  readonly entry: AuditEntry;
}

export const auditTask = (ids: IdSource, circumstances: Circumstances, entry: AuditEntry): AuditTask => ({
  id: ids.next(),
  kind: 'AUDIT',
  at: circumstances.now,
  entry: entryOf(circumstances, entry),
});

interface Change {
  readonly state: object;
}

/** Adds what a change entails elsewhere; a change that changed nothing entails nothing. */
export const entailing = <D extends Change>(
  before: D['state'],
  decision: D,
  ...tasks: readonly Task[]
): D & { readonly append?: { readonly tasks: readonly Task[] } } =>
  decision.state === before ? decision : { ...decision, append: { tasks } };
