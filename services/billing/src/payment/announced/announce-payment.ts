import { PaymentToVerify } from '@riparo/shared/contracts/incoming-payments.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, moneyOrMinorUnits, uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import Joi from 'joi';
import type { Replicas } from '../../replica/replicas.js';
import { contactOf } from '../contact-of.js';
import { leftOf, refuseUnlessDue, type FindRepair } from '../find-repair.js';
import { findPayable, isCustomer } from '../payment.access.js';
import { paymentExceedsAmountLeft, repairWithoutOutcome, tooManyAnnouncements } from '../payment.errors.js';
import { published } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';

interface Body {
  readonly repairId: string;
  readonly amount: Money | number;
  readonly reference: string;
}

export const announcePaymentBody = Joi.object<Body>({
  repairId: uuid().required(),
  amount: moneyOrMinorUnits(1).required(),
  reference: line(100).required().description('What the transfer says, so that the desk finds it.'),
});

export interface AnnounceDeps {
  readonly payments: IncomingPayments;
  readonly replicas: Pick<Replicas, 'users'>;
  readonly findRepair: FindRepair;
}

/** More than anybody sends for one repair before the desk has looked. */
export const MOST_WAITING = 10;

/** A transfer for what is left, or while the work goes on a deposit. */
const refuseTooMuch = (repair: PublishedRepair, amount: Money): void => {
  const { outcome, status, amountDue } = repair;
  if (amount.currency !== amountDue.currency) throw invalidInput([{ path: 'amount.currency', message: `must be ${amountDue.currency}` }]);
  if (outcome === undefined && (status === 'CANCELED' || status === 'CLOSED')) throw repairWithoutOutcome(status);
  if (outcome === undefined) return;
  refuseUnlessDue(repair);
  if (amount.amount > leftOf(repair).amount) throw paymentExceedsAmountLeft(leftOf(repair));
};

/** `POST /payments/announcements`: the customer has ordered a transfer; the desk looks for it. */
export const announcePayment =
  ({ payments, replicas, findRepair }: AnnounceDeps) =>
  async ({ caller, body, now, ids }: Call<Body>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const id = ids.next();
    const inTenant = payments.in(tenantId);
    // A repeated request finds its own announcement, whatever has become due since.
    const own = await inTenant.find(id);
    if (own !== undefined) return created(`/payments/${id}`, viewPayment(caller, own));
    const repair = await findPayable(findRepair, caller, body.repairId);
    const amount = typeof body.amount === 'number' ? { amount: body.amount, currency: repair.amountDue.currency } : body.amount;
    refuseTooMuch(repair, amount);
    const waiting = await inTenant.count({ repairId: repair.id, status: 'TO_VERIFY' }, { upTo: MOST_WAITING });
    if (waiting >= MOST_WAITING) throw tooManyAnnouncements(MOST_WAITING);
    const { id: repairId, number: repairNumber, customerId } = repair;
    const contactUserId = isCustomer(caller) ? userId : await contactOf(replicas, tenantId, repair);
    const draft = compact({
      ...{ id, repairId, repairNumber, customerId, contactUserId, method: 'BANK_TRANSFER' as const, amount },
      ...{ reference: body.reference, status: 'TO_VERIFY' as const, startedByUserId: userId },
    });
    const payment = await inTenant.insert(draft, (state) => [
      PaymentToVerify.with({ payment: published(state), at: now.toISOString(), actorUserId: userId }),
    ]);
    return created(`/payments/${id}`, viewPayment(caller, payment));
  };
