import { PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { REFUND_KINDS } from '@riparo/shared/contracts/repair-money.events';
import { line, moneyOrMinorUnits, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { refund, type Refund } from './decide-refund.js';
import { refuseOnline } from './pay-repair.js';

export const refundRepairBody = Joi.object<Refund>({
  amount: moneyOrMinorUnits(1).required(),
  method: oneOf(PAYMENT_METHODS).required().description('Not ONLINE: such money goes back through POST /payments/:id/refund.'),
  reason: paragraph(2_000).required().description('The customer reads it.'),
  reference: line(100),
  kind: oneOf(REFUND_KINDS).description(
    'Default: OVERPAYMENT while too much is paid or before the work has ended, else REDUCTION, so that the customer pays less in all. ' +
      'CORRECTION: the payment was entered wrongly, and the amount is due again. After an OVERPAYMENT the kind has to be said.',
  ),
});

/** `POST /repairs/:id/refund`: gives money back, over the counter or by transfer. */
export const refundRepair = deciding<Refund>((before, body, stamp) => {
  refuseOnline(body, 'POST /payments/:id/refund');
  return refund(before, body, stamp);
});
