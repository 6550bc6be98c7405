import type { PaymentMethod } from '@riparo/shared/contracts/enums';
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

/** Keeps every movement that the repair tells of, each once by its id: an event that got lost is made good by the next one. */
export const onMoney =
  (movements: Replica<CashMovement>): EventHandler<MoneyEvent> =>
  async ({ tenantid, data }) => {
    for (const { id, method, amount, at } of data.repair.payments ?? ownMovement(data))
      // A movement never changes, so it has one version.
      await movements.in(tenantid).keep(id, 1, { at: new Date(at), method, amount });
  };
