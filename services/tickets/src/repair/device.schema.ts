import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { day, line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';

/** The device as it is written on the sheet. */
export const deviceFields = Joi.object<RepairDevice>({
  category: oneOf(ASSET_CATEGORIES).required(),
  brand: line(100).required(),
  model: line(100).required(),
  serialNumber: line(100).required(),
  purchaseDate: day(),
  warrantyEndDate: day(),
  accessories: Joi.array().items(line(100)).max(30),
  condition: paragraph(2_000),
});
