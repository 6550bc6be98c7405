import { moneyOrMinorUnits, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { refuse, type Refusal } from './decide-outcome.js';

export const refuseRepairBody = Joi.object<Refusal>({ reason: paragraph().required(), amount: moneyOrMinorUnits() });

/** `POST /repairs/:id/refuse`: the device cannot be repaired, or the repair is not worth its price. */
export const refuseRepair = deciding(refuse);
