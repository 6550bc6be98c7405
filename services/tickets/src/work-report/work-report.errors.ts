import type { WorkReportStatus } from '@riparo/shared/contracts/work-reports.events';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FurtherMembers } from '@riparo/shared/errors/domain-error';

export const workReportNotFound = (): DomainError => notFound('work report');
export const workReportVersionNotFound = (): DomainError => notFound('work report version');

const conflict = (code: string, message: string, extra: FurtherMembers = {}): DomainError =>
  new DomainError('conflict', code, message, { extra });

/** There is a report for the same work and technician that is still being written. */
export const workReportOpen = (other: { readonly id: string; readonly number: string } | undefined): DomainError =>
  conflict(
    'WORK_REPORT_OPEN',
    other === undefined
      ? 'A report of this work is still being written. Go on with that one.'
      : `Report ${other.number} of this work is still being written. Go on with that one.`,
    other === undefined ? {} : { workReportId: other.id, number: other.number },
  );

export const workReportNotYours = (): DomainError =>
  new DomainError(
    'forbidden',
    'WORK_REPORT_NOT_YOURS',
    'Only the technician who has the work or comes to the appointment, or the desk, writes a report of it.',
  );

/** It is closed, approved or discarded. */
export const workReportNotOpen = (current: WorkReportStatus): DomainError =>
  conflict('WORK_REPORT_NOT_OPEN', `The report is ${current}: nothing in it can be changed.`, { current });

/** There is no document that waits for an approval. */
export const workReportNotClosed = (current: WorkReportStatus): DomainError =>
  conflict('WORK_REPORT_NOT_CLOSED', `The report is ${current}: there is no document that waits for an approval.`, { current });

/** The document that the customer read is not the newest one. */
export const workReportChanged = (reportVersion: number, documentHash: string): DomainError =>
  conflict('WORK_REPORT_CHANGED', 'The report has changed since this document was made. Read the newest document first.', {
    reportVersion,
    documentHash,
  });

export const workReportVersionsFull = (most: number): DomainError =>
  conflict(
    'WORK_REPORT_VERSIONS_FULL',
    `The report was sent back so often that it has ${most} versions, and there can be no more. Please call us.`,
  );

export const workReportAlreadyClosed = (): DomainError =>
  conflict('WORK_REPORT_ALREADY_CLOSED', 'The report was closed once, and the customer has seen it: it cannot be discarded any more.');

export const appointmentCancelled = (): DomainError =>
  conflict('APPOINTMENT_CANCELLED', 'The appointment was cancelled. Begin the report without it.');

/** Whoever confirmed with their password is no person of the customer whose report it is. */
export const approverNotOfCustomer = (): DomainError =>
  new DomainError('forbidden', 'APPROVER_NOT_OF_CUSTOMER', 'Only a person of the customer approves this report.');

/** A drawn signature is for customers without a login. */
export const customerHasLogin = (): DomainError =>
  conflict('CUSTOMER_HAS_LOGIN', 'The customer has a login: somebody of theirs approves with e-mail and password.');
