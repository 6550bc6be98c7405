import { fields, view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

/** Name and address, as devices show them too. */
export const placeFields = {
  id: id(),
  name: text(),
  addressLine1: text(),
  addressLine2: text().optional(),
  city: text(),
  state: text(),
  postalCode: text(),
  country: text(),
  phone: text().optional(),
};

export const locationAnswer = view('Location', 'A place where devices of a customer are.', {
  ...placeFields,
  customerId: id(),
  accessInstructions: text().optional().description('How to get in.'),
  geo: fields({ lat: Joi.number(), lng: Joi.number() }).optional().description('WGS 84, in degrees.'),
  isPrimary: flag().description('Exactly one location of a customer is.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});
