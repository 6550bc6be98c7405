import { PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { line, moneyOrMinorUnits, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { pay, type Paid } from './decide-payment.js';

export const payRepairBody = Joi.object<Paid>({
  method: oneOf(PAYMENT_METHODS).required(),
  amount: moneyOrMinorUnits(1).required(),
  reference: line(100),
});

/** `POST /repairs/:id/payment`: the desk takes a payment, the whole rest or a part. */
export const payRepair = deciding(pay);
