import Joi from 'joi';
import { code, line, paragraph, phone } from '@riparo/shared/http/schemas';

const geo = Joi.object({ lat: Joi.number().min(-90).max(90).required(), lng: Joi.number().min(-180).max(180).required() });

const required = {
  name: line(),
  addressLine1: line(),
  city: line(100),
  state: line(100),
  postalCode: code(20),
  country: line(100),
};
const optional = {
  addressLine2: line(),
  phone: phone(),
  accessInstructions: paragraph(2_000),
  geo,
};

/** Of a new location. */
export const newLocationFields = {
  ...Object.fromEntries(Object.entries(required).map(([name, schema]) => [name, schema.required()])),
  ...optional,
  isPrimary: Joi.boolean(),
};

/** Of a change: what is left out stays, `null` clears what may be empty. */
export const editedLocationFields = {
  ...required,
  ...Object.fromEntries(Object.entries(optional).map(([name, schema]) => [name, schema.allow(null)])),
  isPrimary: Joi.boolean(),
};
