import { PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { line, moneyOrMinorUnits, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { pay, type Paid } from './decide-payment.js';

export const payRepairBody = Joi.object<Paid>({
  method: oneOf(PAYMENT_METHODS).required().description('Not ONLINE: such money comes through the page of the payment link.'),
  amount: moneyOrMinorUnits(1).required(),
  reference: line(100),
});

/** The desk cannot see money that the provider has, so it cannot enter it. */
export const refuseOnline = ({ method }: Pick<Paid, 'method'>, instead: string): void => {
  if (method === 'ONLINE') throw invalidInput([{ path: 'method', message: `cannot be ONLINE here: use ${instead}` }]);
};

/** `POST /repairs/:id/payment`: the desk takes a payment of the whole rest or a part, or a deposit. */
export const payRepair = deciding<Paid>((before, body, stamp) => {
  refuseOnline(body, 'POST /payments/checkout, or the page of POST /repairs/:id/payment-link');
  return pay(before, body, stamp);
});
