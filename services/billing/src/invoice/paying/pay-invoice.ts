import { PAYMENT_METHODS, type PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, moneyOrMinorUnits, oneOf } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Decision } from '@riparo/shared/persistence/repository';
import Joi from 'joi';
import { invoiceNotFound } from '../invoice.errors.js';
import type { Invoice } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';
import { viewInvoice } from '../invoice.view.js';
import { giveBack, payInto, type MoneyMoved } from './decide-payment.js';

export interface PayInvoiceBody {
  readonly method: PaymentMethod;
  readonly amount: Money | number;
  readonly reference?: string;
}
/** Money of the online provider is never typed in: the desk cannot see it. */
const METHODS = PAYMENT_METHODS.filter((method) => method !== 'ONLINE');
export const payInvoiceBody = Joi.object<PayInvoiceBody>({
  method: oneOf(METHODS).required(),
  amount: moneyOrMinorUnits(1).required(),
  reference: line(100),
});

interface Deps {
  readonly invoices: Invoices;
}

const booking =
  (decide: (before: Invoice, moved: MoneyMoved) => Decision<Invoice>) =>
  ({ invoices }: Deps) =>
  async ({ caller, params, body, ids, now: at, ifMatch }: Call<PayInvoiceBody, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId: byUserId } = caller;
    const moved = compact({ ...body, id: ids.next(), at, byUserId });
    const invoice = await invoices.in(tenantId).update(params.id, (before) => decide(before, moved), { ifMatch });
    if (invoice === undefined) throw invoiceNotFound();
    return created(`/invoices/${params.id}`, viewInvoice(caller, invoice));
  };

/** `POST /invoices/:id/payments`: the desk takes money for the document of a ticket. */
export const payInvoice = booking(payInto);

/** `POST /invoices/:id/refunds`: what was paid for a document that was taken back since goes back to the customer. */
export const refundInvoice = booking(giveBack);
