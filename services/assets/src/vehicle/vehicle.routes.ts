import { create, get, put, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { PHOTO_UPLOAD } from '../photo/add-photo.js';
import { photoQuery } from '../photo/get-photo.js';
import { addVehiclePhoto } from './add-vehicle-photo.js';
import { addVehicle, addVehicleBody } from './add-vehicle.js';
import { getVehiclePhoto } from './get-vehicle-photo.js';
import { getVehicle } from './get-vehicle.js';
import { listVehicles, listVehiclesQuery } from './list-vehicles.js';
import { listUses, listUsesQuery } from './log/list-uses.js';
import { removeVehiclePhoto } from './remove-vehicle-photo.js';
import { retireVehicle } from './retire-vehicle.js';
import { updateVehicle, updateVehicleBody } from './update-vehicle.js';
import { VEHICLE_OPERATIONS } from './vehicle.reference.js';

const READ = 'read:vehicles';
const WRITE = 'write:vehicles';

export const vehicleRoutes = (deps: Dependencies): readonly Route[] => [
  get('/vehicles', READ, 'Lists vehicles.', { query: listVehiclesQuery }, listVehicles(deps), VEHICLE_OPERATIONS.listVehicles),
  create('/vehicles', WRITE, 'Adds a vehicle.', { body: addVehicleBody }, addVehicle(deps), VEHICLE_OPERATIONS.createVehicle),
  get('/vehicles/:id', READ, 'Shows a vehicle.', {}, getVehicle(deps), VEHICLE_OPERATIONS.getVehicle),
  put(
    '/vehicles/:id',
    WRITE,
    'Changes the given fields of a vehicle.',
    { body: updateVehicleBody },
    updateVehicle(deps),
    VEHICLE_OPERATIONS.updateVehicle,
  ),
  remove('/vehicles/:id', WRITE, 'Retires a vehicle; its log stays.', {}, retireVehicle(deps), VEHICLE_OPERATIONS.retireVehicle),
  get(
    '/vehicles/:id/log',
    READ,
    'Lists who drove it when and for which visit, the newest first; technicians see their own visits.',
    { query: listUsesQuery },
    listUses(deps),
    VEHICLE_OPERATIONS.listVehicleUses,
  ),
  create('/vehicles/:id/photo', WRITE, 'Sets the photo: JPEG, PNG, WebP or HEIC.', {}, addVehiclePhoto(deps), {
    ...VEHICLE_OPERATIONS.addVehiclePhoto,
    upload: PHOTO_UPLOAD,
  }),
  get(
    '/vehicles/:id/photo',
    READ,
    'Downloads the photo or its thumbnail.',
    { query: photoQuery },
    getVehiclePhoto(deps),
    VEHICLE_OPERATIONS.getVehiclePhoto,
  ),
  remove('/vehicles/:id/photo', WRITE, 'Removes the photo.', {}, removeVehiclePhoto(deps), VEHICLE_OPERATIONS.removeVehiclePhoto),
];
