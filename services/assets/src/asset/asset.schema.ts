import Joi from 'joi';
import { ASSET_CATEGORIES, ASSET_STATUSES } from '@riparo/shared/contracts/enums';
import { code, day, line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';

const required = {
  locationId: uuid(),
  friendlyName: line(100),
  category: oneOf(ASSET_CATEGORIES),
  brand: line(100),
  model: line(100),
  serialNumber: code(100),
};
const optional = {
  primaryUser: line(100),
  os: line(100),
  purchaseDate: day(),
  warrantyEndDate: day(),
  tags: Joi.array().items(line(50)).max(20).unique(),
  notes: paragraph(5_000),
};

/** Of a new device. */
export const newAssetFields = {
  ...(Object.fromEntries(Object.entries(required).map(([name, schema]) => [name, schema.required()])) as typeof required),
  ...optional,
};

/** Of a change: what is left out stays, `null` clears what may be empty. */
export const editedAssetFields = {
  ...required,
  ...Object.fromEntries(Object.entries(optional).map(([name, schema]) => [name, schema.allow(null)])),
  status: oneOf(ASSET_STATUSES),
};
