import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { InvoiceUpdatedV1 } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedPayment, RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replica } from '@riparo/shared/persistence/replica';

/** Money that came or went, as this service keeps it: one for each payment and each refund. */
export interface CashMovement {
  readonly at: Date;
  readonly method: PaymentMethod;
  /** Below 0: it went back. */
  readonly amount: Money;
}

interface MoneyEvent extends RepairEventV1 {
  readonly payment?: Omit<PublishedPayment, 'at'>;
  readonly refund?: Omit<PublishedPayment, 'at'>;
}

/** Events of earlier versions tell of their own payment alone. */
const ownMovement = ({ payment, refund, at }: MoneyEvent): readonly PublishedPayment[] => {
  if (payment !== undefined) return [{ ...payment, at }];
  return refund === undefined ? [] : [{ ...refund, at, amount: { ...refund.amount, amount: -refund.amount.amount } }];
};

const keepAll = async (movements: Replica<CashMovement>, tenantId: string, payments: readonly PublishedPayment[]): Promise<void> => {
  for (const { id, method, amount, at } of payments)
    // A movement never changes, so it has one version.
    await movements.in(tenantId).keep(id, 1, { at: new Date(at), method, amount });
};

/** The same of what the owner of a repair tells; copies that are wrong are put right. */
export const restorePayments = async (
  movements: Replica<CashMovement>,
  tenantId: string,
  payments: readonly PublishedPayment[],
): Promise<void> => {
  for (const { id, method, amount, at } of payments) await movements.in(tenantId).restore(id, 1, { at: new Date(at), method, amount });
};

/** What was paid for the document of a ticket. */
export const onInvoicePaid =
  (movements: Replica<CashMovement>): EventHandler<InvoiceUpdatedV1> =>
  ({ tenantid, data: { payments } }) =>
    keepAll(movements, tenantid, payments);

/** Keeps every movement that the repair tells of, each once by its id: an event that got lost is made good by the next one. */
export const onMoney =
  (movements: Replica<CashMovement>): EventHandler<MoneyEvent> =>
  ({ tenantid, data }) =>
    keepAll(movements, tenantid, data.repair.payments ?? ownMovement(data));
