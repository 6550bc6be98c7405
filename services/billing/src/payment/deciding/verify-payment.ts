import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import Joi from 'joi';
import { findVisible } from '../payment.access.js';
import { paymentNotFound } from '../payment.errors.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';
import type { BookPayment } from './book-payment.js';
import { promiseBooking, reject } from './decide-payment.js';
import type { SendBack } from './send-back.js';

interface VerifyBody {
  readonly note?: string;
}
export const verifyPaymentBody = Joi.object<VerifyBody>({ note: paragraph(2_000).description('For staff.') });

interface RejectBody {
  readonly reason: string;
}
export const rejectPaymentBody = Joi.object<RejectBody>({ reason: paragraph(2_000).required().description('The customer reads it.') });

interface Deps {
  readonly payments: IncomingPayments;
  readonly bookPayment: BookPayment;
  readonly sendBack: SendBack;
}

type PaymentCall<Body> = Call<Body, unknown, { id: string }>;

/** `POST /payments/:id/verify`: the desk has found the money, and the repair gets it. */
export const verifyPayment =
  (deps: Deps) =>
  async ({ caller, params: { id }, body: { note }, ifMatch, now }: PaymentCall<VerifyBody>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    await findVisible(deps, caller, id);
    await deps.payments.in(tenantId).update(id, (before) => {
      refuseStaleVersion(ifMatch, before.version);
      return promiseBooking(before, note, { at: now, byUserId: userId });
    });
    return ok(viewPayment(caller, await deps.bookPayment(tenantId, id)));
  };

/** `POST /payments/:id/reject`: the desk does not find the transfer, or sends online money back. */
export const rejectPayment =
  (deps: Deps) =>
  async ({ caller, params: { id }, body: { reason }, ifMatch, now }: PaymentCall<RejectBody>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    await findVisible(deps, caller, id);
    const after = await deps.payments.in(tenantId).update(id, (before) => {
      refuseStaleVersion(ifMatch, before.version);
      return reject(before, reason, { at: now, byUserId: userId });
    });
    if (after === undefined) throw paymentNotFound();
    return ok(viewPayment(caller, after.sendingBack === undefined ? after : await deps.sendBack(tenantId, id)));
  };
