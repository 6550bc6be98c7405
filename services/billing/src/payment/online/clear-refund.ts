import { REFUND_KINDS } from '@riparo/shared/contracts/repair-money.events';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { findVisible } from '../payment.access.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';
import { clearRefund, CLEARINGS, type Clearing } from './decide-refund.js';
import type { ContinueRefund } from './refund-online.js';

interface Params {
  readonly id: string;
  readonly refundId: string;
}

export const clearRefundParams = Joi.object<Params>({ id: uuid().required(), refundId: uuid().required() });

export const clearRefundBody = Joi.object<Clearing>({
  how: oneOf(CLEARINGS)
    .required()
    .description(
      'BOOK: the repair is told again; money that came back becomes a payment of the repair again. OUTSIDE: it was dealt with otherwise.',
    ),
  kind: oneOf(REFUND_KINDS).description('As what the repair is to take it, where that is no longer what it was.'),
  note: paragraph(2_000)
    .when('how', { is: 'OUTSIDE', then: Joi.required() })
    .description('For staff: what was done. Required with OUTSIDE.'),
});

interface Deps {
  readonly payments: IncomingPayments;
  readonly continueRefund: ContinueRefund;
}

/** `POST /payments/:id/refunds/:refundId/clear`: an administrator ends a refund that the repair refused, or that came back. */
export const clearOnlineRefund =
  (deps: Deps) =>
  async ({ caller, params: { id, refundId }, body, now: at }: Call<Clearing, unknown, Params>): Promise<Reply> => {
    const { tenantId, userId: byUserId } = caller;
    await findVisible(deps, caller, id);
    await deps.payments.in(tenantId).update(id, (before) => clearRefund(before, refundId, body, { at, byUserId }));
    return ok(viewPayment(caller, await deps.continueRefund(tenantId, id, refundId)));
  };
