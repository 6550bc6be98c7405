import { bytes, fields, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { id } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers, Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { vehicleAnswer, vehiclePhotoAnswer, vehicleUseAnswer } from './vehicle.answer.js';

const VEHICLES: Tag = { name: 'Vehicles', about: 'What technicians drive to visits in, and who drove where.' };

const PLATE: Problems = { 409: ['PLATE_TAKEN'] };
const MEMBERS: ProblemMembers = { PLATE_TAKEN: fields({ vehicleId: id().description('The vehicle that has it.') }) };

export const VEHICLE_OPERATIONS = operations(
  VEHICLES,
  {
    listVehicles: { answer: pageOf(vehicleAnswer) },
    createVehicle: { answer: one(vehicleAnswer), problems: PLATE },
    getVehicle: { answer: one(vehicleAnswer) },
    updateVehicle: { answer: one(vehicleAnswer), problems: PLATE },
    retireVehicle: { answer: nothing },
    listVehicleUses: { answer: pageOf(vehicleUseAnswer) },
    addVehiclePhoto: {
      answer: one(vehiclePhotoAnswer),
      problems: { 413: ['PHOTO_TOO_MANY_PIXELS'], 415: ['PHOTO_TYPE_NOT_SUPPORTED'] },
    },
    getVehiclePhoto: { answer: bytes(['image/jpeg', 'image/png', 'image/webp']), problems: { 404: ['PHOTO_NOT_FOUND'] } },
    removeVehiclePhoto: { answer: nothing, problems: { 404: ['PHOTO_NOT_FOUND'] } },
  },
  MEMBERS,
);
