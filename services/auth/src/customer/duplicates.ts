import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { Customer } from './customer.js';
import type { CustomerRepository } from './customer.repository.js';

/** What tells that two records may be one and the same customer. */
export const TELLING = ['fiscalCode', 'vatNumber', 'contactEmail', 'contactPhone'] as const satisfies readonly (keyof CustomerData)[];

export interface DuplicateHint {
  readonly id: string;
  readonly name: string;
  readonly surname?: string;
  /** The fields that are the same. */
  readonly same: readonly (typeof TELLING)[number][];
}

const MAX_HINTS = 5;

const hint = (customer: Customer, data: CustomerData): DuplicateHint => ({
  id: customer.id,
  name: customer.name,
  ...(customer.surname === undefined ? {} : { surname: customer.surname }),
  same: TELLING.filter((field) => data[field] !== undefined && customer[field] === data[field]),
});

/** Existing customers that share something telling with new data; a hint for the desk, never a refusal. */
export const findDuplicates = async (
  customers: CustomerRepository,
  tenantId: string,
  id: string,
  data: CustomerData,
): Promise<readonly DuplicateHint[]> => {
  const conditions = TELLING.flatMap((field) => (data[field] === undefined ? [] : [{ [field]: data[field] }]));
  if (conditions.length === 0) return [];
  const found = await customers.in(tenantId).list({ $or: conditions, id: { $ne: id } }, { sort: { id: 1 }, limit: MAX_HINTS });
  return found.map((customer) => hint(customer, data));
};
