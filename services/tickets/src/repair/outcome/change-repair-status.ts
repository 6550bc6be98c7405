import { REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { instant, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { deciding } from '../change-repair.js';
import { changeStatus, type StatusRequest } from './decide-status.js';
import { isInWork } from '../repair.js';

export const changeRepairStatusBody = Joi.object<StatusRequest>({
  status: oneOf(REPAIR_STATUSES).required(),
  reason: paragraph(2_000),
  estimatedCompletionAt: instant().when('status', { is: Joi.valid(...REPAIR_STATUSES.filter(isInWork)), otherwise: Joi.forbidden() }),
});

/** `PATCH /repairs/:id/status`: changes of status that need no further data. */
export const changeRepairStatus = deciding(changeStatus);
