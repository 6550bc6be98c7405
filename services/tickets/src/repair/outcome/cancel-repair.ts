import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { cancel } from './decide-status.js';

interface Body {
  readonly reason?: string;
}

export const cancelRepairBody = Joi.object<Body>({ reason: paragraph(2_000) });

/** `POST /repairs/:id/cancel`: a customer withdraws a request, or the desk cancels a repair. */
export const cancelRepair = deciding<Body>((before, { reason }, stamp) => cancel(before, reason, stamp));
