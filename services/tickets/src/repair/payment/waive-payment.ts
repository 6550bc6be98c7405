import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { waive } from './decide-payment.js';

interface Body {
  readonly reason: string;
}

export const waivePaymentBody = Joi.object<Body>({ reason: paragraph(2_000).required() });

/** `POST /repairs/:id/waive`: the desk waives the rest. */
export const waivePayment = deciding<Body>((before, { reason }, stamp) => waive(before, reason, stamp));
