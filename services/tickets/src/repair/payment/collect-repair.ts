import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { collect } from './decide-handover.js';

interface Body {
  /** The person who collected the device; not always the customer. */
  readonly collectedBy: string;
}

export const collectRepairBody = Joi.object<Body>({ collectedBy: line(200).required() });

/** `POST /repairs/:id/collect`: hands the device back and closes the repair. */
export const collectRepair = deciding<Body>((before, { collectedBy }, stamp) => collect(before, collectedBy, stamp));
