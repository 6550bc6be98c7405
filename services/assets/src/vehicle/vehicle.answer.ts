import Joi from 'joi';
import { SUBJECT_KINDS } from '@riparo/shared/contracts/appointments.events';
import { VEHICLE_STATUSES } from '@riparo/shared/contracts/vehicles.events';
import { fields, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';

export const vehiclePhotoAnswer = view('VehiclePhoto', 'The photo of a vehicle; its picture is at `/vehicles/{id}/photo`.', {
  id: id(),
  contentType: text().description('Media type; a HEIC photo is kept as JPEG.'),
  width: count().description('Pixels.'),
  height: count().description('Pixels.'),
  byteCount: count(),
  addedAt: moment(),
  addedByUserId: id(),
});

export const vehicleAnswer = view('Vehicle', 'A vehicle in which technicians drive to visits.', {
  id: id(),
  plate: text().description('In capitals, without blanks and dashes.'),
  brand: text(),
  model: text(),
  year: count().optional().description('Of the first registration.'),
  odometerKm: count().description('The highest reading of closed work reports, or what the desk says.'),
  status: oneOf(VEHICLE_STATUSES).description('IN_SERVICE: at the workshop for a while. RETIRED: gone for good.'),
  photo: vehiclePhotoAnswer.optional(),
  notes: text().optional().description('For the desk.'),
  homeBase: fields({
    address: text(),
    geo: fields({ lat: Joi.number(), lng: Joi.number() }).optional(),
  })
    .optional()
    .description('Where it stands when it is not on a visit.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});

export const vehicleUseAnswer = view('VehicleUse', 'A visit to which somebody drove a vehicle.', {
  id: id(),
  at: moment().description('When it began.'),
  endedAt: moment().optional(),
  technician: named().optional(),
  visit: fields({ kind: oneOf(SUBJECT_KINDS), id: id(), number: text() }).description('The ticket or the repair.'),
  appointmentId: id().optional(),
  workReport: fields({ id: id(), number: text() }).optional().description('The closed report that was written of it.'),
  odometer: fields({ start: count(), end: count() }).optional(),
  km: Joi.number().optional().description('What the odometer says; without it, the journey of the report.'),
});
