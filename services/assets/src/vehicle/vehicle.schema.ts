import Joi from 'joi';
import { VEHICLE_STATUSES, type HomeBase } from '@riparo/shared/contracts/vehicles.events';
import { code, line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import { plateOf } from './vehicle.js';

/** Motor vehicles are not older than this; a later year than any is a typing error too. */
const [FIRST_YEAR, LAST_YEAR] = [1886, 2100];
/** More than any vehicle drives. */
const MAX_KM = 9_999_999;
const LONGEST_PLATE = 20;

const plate = code(LONGEST_PLATE)
  .pattern(/[\p{L}\p{N}]/u)
  .messages({ 'string.pattern.base': 'must have a letter or a digit, and no control characters' })
  .custom(plateOf)
  .description('Kept in capitals, without blanks and dashes; no two vehicles have the same one.');

const homeBase = Joi.object<HomeBase>({
  address: line().required(),
  geo: Joi.object({ lat: Joi.number().min(-90).max(90).required(), lng: Joi.number().min(-180).max(180).required() }),
}).description('Where it stands when it is not on a visit.');

const required = { brand: line(100), model: line(100), plate };
const optional = {
  year: Joi.number().strict().integer().min(FIRST_YEAR).max(LAST_YEAR).description('Of the first registration.'),
  notes: paragraph(5_000).description('For the desk.'),
  homeBase,
};
const odometerKm = Joi.number().strict().integer().min(0).max(MAX_KM);

/** Of a new vehicle. */
export const newVehicleFields = {
  ...Object.fromEntries(Object.entries(required).map(([name, schema]) => [name, schema.required()])),
  ...optional,
  odometerKm: odometerKm.default(0),
  status: oneOf(['AVAILABLE', 'IN_SERVICE']).default('AVAILABLE'),
};

/** Of a change: what is left out stays, `null` clears what may be empty. */
export const editedVehicleFields = {
  ...required,
  ...Object.fromEntries(Object.entries(optional).map(([name, schema]) => [name, schema.allow(null)])),
  odometerKm: odometerKm.description('Reports of work only raise it; the desk may correct it in both directions.'),
  status: oneOf(VEHICLE_STATUSES),
};
