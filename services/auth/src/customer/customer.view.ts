import type { Customer } from './customer.js';

/** The customer as staff and its own people see it. */
export const customerView = ({ searchTerms: _terms, ...customer }: Customer) => customer;

/** What a customer's people and the desk keep up to date themselves. */
export const profileView = ({ searchTerms: _terms, status: _status, ...profile }: Customer) => profile;
