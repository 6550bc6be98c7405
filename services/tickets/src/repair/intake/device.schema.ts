import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { code, day, line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';

const afterPurchase: Joi.CustomValidator<string, string> = (text, helpers) => {
  const { purchaseDate } = (helpers.state.ancestors as { purchaseDate?: unknown }[])[0] ?? {};
  const isBefore = typeof purchaseDate === 'string' && text < purchaseDate;
  return isBefore ? helpers.message({ custom: 'must not lie before purchaseDate' }) : text;
};

/** The device as the repair sheet describes it. */
export const deviceFields = Joi.object<RepairDevice>({
  category: oneOf(ASSET_CATEGORIES).required(),
  brand: line(100).required(),
  model: line(100).required(),
  serialNumber: code(100).required(),
  purchaseDate: day(),
  warrantyEndDate: day().custom(afterPurchase),
  accessories: Joi.array().items(line(100)).max(30),
  condition: paragraph(2_000),
});
