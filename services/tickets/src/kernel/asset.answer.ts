import { ASSET_CATEGORIES, ASSET_STATUSES } from '@riparo/shared/contracts/enums';
import { fields } from '@riparo/shared/http/reference/answer';
import { calendarDay, flag, id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

/** The registered device that work is about, by its name. */
export const shownAsset = (more: Joi.SchemaMap = {}): Joi.ObjectSchema => fields({ id: id(), friendlyName: text(), ...more });

/** The device as it is in the answer for one ticket or repair; the caller may no longer see it. */
export const wholeAsset = shownAsset({
  locationId: id().optional(),
  category: oneOf(ASSET_CATEGORIES).optional(),
  brand: text().optional(),
  model: text().optional(),
  serialNumber: text().optional(),
  status: oneOf(ASSET_STATUSES).optional(),
  servicePlanId: id().optional(),
  purchaseDate: calendarDay().optional(),
  warrantyEndDate: calendarDay().optional(),
});

/** The location of that device. */
export const wholeLocation = fields({
  id: id(),
  name: text(),
  addressLine1: text(),
  addressLine2: text().optional(),
  city: text(),
  state: text(),
  postalCode: text(),
  country: text(),
  geo: fields({ lat: Joi.number(), lng: Joi.number() }).optional().description('WGS 84, in degrees.'),
  isPrimary: flag(),
});
