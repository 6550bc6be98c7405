import { action, create, get, put, remove, type Route } from '@riparo/shared/http/route';
import { getRebuild, startRebuild } from '@riparo/shared/rebuild/rebuild-calls';
import { findOrMakeAsset, findOrMakeAssetInput } from './asset/find-or-make-asset.js';
import { getAsset } from './asset/get-asset.js';
import { listAssets, listAssetsQuery } from './asset/list-assets.js';
import { registerAsset, registerAssetBody } from './asset/register-asset.js';
import { retireAsset } from './asset/retire-asset.js';
import { transferAsset, transferAssetBody } from './asset/transfer-asset.js';
import { updateAsset, updateAssetBody } from './asset/update-asset.js';
import type { Dependencies } from './dependencies.js';
import { exportRoutes } from './exports.js';
import { getAssetHistory, historyQuery } from './history/get-asset-history.js';
import { exportAssets, exportAssetsQuery } from './import/export-assets.js';
import { importAssets, importAssetsBody } from './import/import-assets.js';
import { getAssetInternally, getLocationInternally, getVehicleInternally, getVisitDetails, internalQuery, visitQuery } from './internal.js';
import { getLabel } from './label/get-label.js';
import { addLocation, addLocationBody } from './location/add-location.js';
import { getLocation } from './location/get-location.js';
import { listLocations, listLocationsQuery } from './location/list-locations.js';
import { removeLocation } from './location/remove-location.js';
import { updateLocation, updateLocationBody } from './location/update-location.js';
import { addPhoto, PHOTO_UPLOAD } from './photo/add-photo.js';
import { getPhoto, photoQuery } from './photo/get-photo.js';
import { removePhoto } from './photo/remove-photo.js';
import { partRoutes } from './part/part.routes.js';
import { purchaseOrderRoutes } from './purchase-order/purchase-order.routes.js';
import { vehicleRoutes } from './vehicle/vehicle.routes.js';
import { addServicePlan, addServicePlanBody } from './service-plan/add-service-plan.js';
import { attachAssets, attachAssetsBody } from './service-plan/attach-assets.js';
import { cancelServicePlan } from './service-plan/cancel-service-plan.js';
import { detachAsset } from './service-plan/detach-asset.js';
import { getServicePlan } from './service-plan/get-service-plan.js';
import { listServicePlans, listServicePlansQuery } from './service-plan/list-service-plans.js';
import { updateServicePlan, updateServicePlanBody } from './service-plan/update-service-plan.js';
import { LOCATION_OPERATIONS } from './location/location.reference.js';
import { ASSET_OPERATIONS } from './asset/asset.reference.js';
import { REBUILD_OPERATIONS } from './rebuild/rebuild.reference.js';
import { PHOTO_OPERATIONS } from './photo/photo.reference.js';
import { SERVICE_PLAN_OPERATIONS } from './service-plan/service-plan.reference.js';

const internal = { root: true } as const;
// Technicians take photos too.
const WRITE_PHOTOS = 'write:attachments';
const READ_PLANS = 'read:service-plans';
const WRITE_PLANS = 'write:service-plans';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  get(
    '/locations',
    'read:locations',
    'Lists locations.',
    { query: listLocationsQuery },
    listLocations(deps),
    LOCATION_OPERATIONS.listLocations,
  ),
  create(
    '/locations',
    'write:locations',
    'Adds a location; the first one of a customer is primary.',
    { body: addLocationBody },
    addLocation(deps),
    LOCATION_OPERATIONS.createLocation,
  ),
  get('/locations/:id', 'read:locations', 'Shows a location.', {}, getLocation(deps), LOCATION_OPERATIONS.getLocation),
  put(
    '/locations/:id',
    'write:locations',
    'Changes the given fields of a location.',
    { body: updateLocationBody },
    updateLocation(deps),
    LOCATION_OPERATIONS.updateLocation,
  ),
  remove(
    '/locations/:id',
    'write:locations',
    'Removes a location that has no devices.',
    {},
    removeLocation(deps),
    LOCATION_OPERATIONS.removeLocation,
  ),

  get('/assets', 'read:assets', 'Lists devices.', { query: listAssetsQuery }, listAssets(deps), ASSET_OPERATIONS.listAssets),
  create('/assets', 'write:assets', 'Registers a device.', { body: registerAssetBody }, registerAsset(deps), ASSET_OPERATIONS.createAsset),
  get(
    '/assets/export',
    'read:assets',
    'Exports devices as CSV, by the filters of the list.',
    { query: exportAssetsQuery },
    exportAssets(deps),
    ASSET_OPERATIONS.exportAssets,
  ),
  action('/assets/import', 'import:assets', 'Registers and changes devices by CSV.', { body: importAssetsBody }, importAssets(deps), {
    ...ASSET_OPERATIONS.importAssets,
    creates: true,
  }),
  get('/assets/rebuild', 'rebuild:copies', 'Shows the last rebuild.', {}, getRebuild(deps), REBUILD_OPERATIONS.getAssetRebuild),
  action('/assets/rebuild', 'rebuild:copies', 'Rebuilds figures and histories of devices.', {}, startRebuild(deps), {
    ...REBUILD_OPERATIONS.startAssetRebuild,
    success: 202,
  }),
  get(
    '/assets/:id',
    'read:assets',
    'Shows a device with its location, plan, coverage, tickets and repairs.',
    {},
    getAsset(deps),
    ASSET_OPERATIONS.getAsset,
  ),
  put(
    '/assets/:id',
    'write:assets',
    'Changes the given fields of a device.',
    { body: updateAssetBody },
    updateAsset(deps),
    ASSET_OPERATIONS.updateAsset,
  ),
  remove('/assets/:id', 'write:assets', 'Retires a device; its history stays.', {}, retireAsset(deps), ASSET_OPERATIONS.retireAsset),
  get(
    '/assets/:id/history',
    'read:assets',
    'Lists everything that happened to a device, newest first.',
    { query: historyQuery },
    getAssetHistory(deps),
    ASSET_OPERATIONS.getAssetHistory,
  ),
  create('/assets/:id/photos', WRITE_PHOTOS, 'Adds a photo: JPEG, PNG, WebP or HEIC.', {}, addPhoto(deps), {
    ...PHOTO_OPERATIONS.addAssetPhoto,
    upload: PHOTO_UPLOAD,
  }),
  get(
    '/assets/:id/photos/:photoId',
    'read:assets',
    'Downloads a photo or its thumbnail.',
    { query: photoQuery },
    getPhoto(deps),
    PHOTO_OPERATIONS.getAssetPhoto,
  ),
  remove('/assets/:id/photos/:photoId', WRITE_PHOTOS, 'Removes a photo.', {}, removePhoto(deps), PHOTO_OPERATIONS.removeAssetPhoto),
  get(
    '/assets/:id/label.pdf',
    'read:assets',
    'Downloads a label (PDF) with a QR code that opens the page of the device.',
    {},
    getLabel(deps),
    ASSET_OPERATIONS.getAssetLabel,
  ),
  action(
    '/assets/:id/transfer',
    'transfer:assets',
    'Hands a device over to another customer.',
    { body: transferAssetBody },
    transferAsset(deps),
    ASSET_OPERATIONS.transferAsset,
  ),

  get(
    '/service-plans',
    READ_PLANS,
    'Lists service plans.',
    { query: listServicePlansQuery },
    listServicePlans(deps),
    SERVICE_PLAN_OPERATIONS.listServicePlans,
  ),
  create(
    '/service-plans',
    WRITE_PLANS,
    'Adds a service plan.',
    { body: addServicePlanBody },
    addServicePlan(deps),
    SERVICE_PLAN_OPERATIONS.createServicePlan,
  ),
  get(
    '/service-plans/:id',
    READ_PLANS,
    'Shows a service plan with the devices it covers.',
    {},
    getServicePlan(deps),
    SERVICE_PLAN_OPERATIONS.getServicePlan,
  ),
  put(
    '/service-plans/:id',
    WRITE_PLANS,
    'Changes the given fields of a service plan.',
    { body: updateServicePlanBody },
    updateServicePlan(deps),
    SERVICE_PLAN_OPERATIONS.updateServicePlan,
  ),
  action(
    '/service-plans/:id/cancel',
    WRITE_PLANS,
    'Cancels a service plan for good.',
    {},
    cancelServicePlan(deps),
    SERVICE_PLAN_OPERATIONS.cancelServicePlan,
  ),
  action(
    '/service-plans/:id/assets',
    WRITE_PLANS,
    'Adds devices to a service plan.',
    { body: attachAssetsBody },
    attachAssets(deps),
    SERVICE_PLAN_OPERATIONS.addAssetsToServicePlan,
  ),
  remove(
    '/service-plans/:id/assets/:assetId',
    WRITE_PLANS,
    'Removes a device from a service plan.',
    {},
    detachAsset(deps),
    SERVICE_PLAN_OPERATIONS.removeAssetFromServicePlan,
  ),

  ...partRoutes(deps),
  ...purchaseOrderRoutes(deps),
  ...vehicleRoutes(deps),
  ...exportRoutes(deps),

  get(
    '/internal/vehicles/:id',
    'internal',
    'A vehicle as events carry it.',
    { query: internalQuery },
    getVehicleInternally(deps),
    internal,
  ),
  get('/internal/assets/:id', 'internal', 'A device as events carry it.', { query: internalQuery }, getAssetInternally(deps), internal),
  create(
    '/internal/assets',
    'internal',
    'Finds a device by its serial number, or makes it, for the repair desk.',
    findOrMakeAssetInput,
    findOrMakeAsset(deps),
    internal,
  ),
  get(
    '/internal/locations/:id',
    'internal',
    'A location as events carry it.',
    { query: internalQuery },
    getLocationInternally(deps),
    internal,
  ),
  get(
    '/internal/locations',
    'internal',
    'How to reach several locations and to get in.',
    { query: visitQuery },
    getVisitDetails(deps),
    internal,
  ),
];
