import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { cancel } from './decide-status.js';

interface Body {
  readonly reason?: string;
}

export const cancelRepairBody = Joi.object<Body>({ reason: paragraph(2_000) });

/** `POST /repairs/:id/cancel`: customers take back what they asked for, the desk calls it off. */
export const cancelRepair = deciding<Body>((before, { reason }, stamp) => cancel(before, reason, stamp));
