import type { EmailFailure } from '../email-failure/email-failures.js';
import type { Customer } from './customer.js';

type Kept = Customer & { readonly tasks?: unknown };

/** The customer as staff and its own people see it. */
export const customerView = (
  { searchTerms: _terms, tasks: _tasks, intakeKeys: _keys, ...customer }: Kept,
  emailFailure?: EmailFailure,
) => ({
  ...customer,
  emailFailure,
});

/** What a customer's people and the desk keep up to date themselves. */
export const profileView = ({ searchTerms: _terms, tasks: _tasks, intakeKeys: _keys, status: _status, ...profile }: Kept) => profile;
