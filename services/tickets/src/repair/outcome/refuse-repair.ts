import { moneyOrMinorUnits, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { refuse, type Refusal } from './decide-outcome.js';

export const refuseRepairBody = Joi.object<Refusal>({ reason: paragraph().required(), amount: moneyOrMinorUnits() });

/** `POST /repairs/:id/refuse`: it cannot be repaired, or is not worth it. */
export const refuseRepair = deciding(refuse);
