import { moneyOrMinorUnits, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { complete, type WorkReport } from './decide-outcome.js';

/** A year of work in minutes; more can only be a typing error. */
const MAX_MINUTES = 525_600;

export const completeRepairBody = Joi.object<WorkReport>({
  description: paragraph().required(),
  amount: moneyOrMinorUnits(),
  productionCost: moneyOrMinorUnits(),
  labourMinutes: Joi.number().integer().min(0).max(MAX_MINUTES),
  notCoveredReason: paragraph(2_000),
});

/** `POST /repairs/:id/complete`: the technician completes the work. */
export const completeRepair = deciding(complete);
