import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { FindRepair } from './find-repair.js';
import { paymentNotFound, repairNotFound } from './payment.errors.js';
import type { IncomingPayment } from './payment.js';
import type { IncomingPayments } from './payment.repository.js';

export const isCustomer = ({ customerId }: Pick<Caller, 'customerId'>): boolean => customerId !== undefined;

const isTheirs = (caller: Caller, { customerId }: { readonly customerId: string }): boolean =>
  !isCustomer(caller) || caller.customerId === customerId;

/** The payment, or 404: customers see theirs, the desk all. */
export const findVisible = async (
  { payments }: { readonly payments: IncomingPayments },
  caller: Caller,
  id: string,
): Promise<IncomingPayment> => {
  const payment = await payments.in(caller.tenantId).find(id);
  if (payment === undefined || !isTheirs(caller, payment)) throw paymentNotFound();
  return payment;
};

/** The repair as it is now, or 404: customers pay theirs. */
export const findPayable = async (findRepair: FindRepair, caller: Caller, repairId: string): Promise<PublishedRepair> => {
  const repair = await findRepair(caller.tenantId, repairId);
  if (repair === undefined || !isTheirs(caller, repair)) throw repairNotFound();
  return repair;
};
