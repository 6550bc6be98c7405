import type { CustomerData } from '../customer/customer.js';

/**
 * What one write to a user entails in other documents or services. Tasks are saved in the user's own document with the
 * change that causes them, done right afterwards, and found again by a job when a crash came in between. Doing one
 * twice must be harmless: each has an id that whoever receives it knows it by.
 */
export type Task = CreateCustomerTask;

/** A registration makes a user and a customer: the customer follows, under an id that is settled beforehand. */
export interface CreateCustomerTask {
  /** Also the customer's id. */
  readonly id: string;
  readonly kind: 'CREATE_CUSTOMER';
  readonly at: Date;
  readonly customer: CustomerData;
}
