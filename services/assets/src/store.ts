import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { createAssetRepository } from './asset/asset.repository.js';
import { createShowAsset } from './asset/show-asset.js';
import { createCreateAsset } from './asset/create-asset.js';
import { createFindWorkFigures } from './asset/work-figures.js';
import type { AssetsConfig } from './config.js';
import { createChangeHoldings } from './holdings/change-holdings.js';
import { createHoldingsRepository } from './holdings/holdings.repository.js';
import { createFindPrimaries } from './holdings/find-primaries.js';
import { createMoveAsset } from './holdings/move-asset.js';
import { createPlaceAsset } from './holdings/place-asset.js';
import { createApplyHoldings } from './holdings/apply-holdings.js';
import { createFindNames } from './history/find-names.js';
import { createHistoryStore } from './history/history.store.js';
import { createFirstLocation } from './location/first-location.js';
import { createLocationRepository } from './location/location.repository.js';
import { createFindOwner } from './owner.js';
import { createFindCustomer } from './replica/find-customer.js';
import { createPhotoStore } from './photo/photo.store.js';
import { createPreparePhoto } from './photo/prepare-photo.js';
import { createRebuildRepository, REBUILDS } from './rebuild/rebuild.repository.js';
import { createReplicas } from './replica/replicas.js';
import { createFindCoveredCounts } from './service-plan/covered-counts.js';
import { createServicePlanRepository } from './service-plan/service-plan.repository.js';
import { createTenantDay } from './tenant-day.js';

/** Everything that use cases are made with. */
export const createStore = (platform: Platform, config: AssetsConfig, auth?: InternalClient) => {
  const { clock } = platform;
  const replicas = createReplicas(platform);
  const [locations, assets] = [createLocationRepository(platform), createAssetRepository(platform)];
  const [servicePlans, holdings] = [createServicePlanRepository(platform), createHoldingsRepository(platform)];
  const history = createHistoryStore(platform);
  const tenantDay = createTenantDay(replicas.settings, config.DEFAULT_TIMEZONE);
  const findWorkFigures = createFindWorkFigures(platform.connection);
  const changeHoldings = createChangeHoldings(holdings);
  const unsettled = { unsettledSince: { $exists: true } };
  const unfinishedHoldings = createAcrossTenants(platform, 'estates', [
    { key: { unsettledSince: 1 }, name: 'unsettled', partialFilterExpression: unsettled },
  ]);
  const plansByEnd = createAcrossTenants(platform, 'servicePlans', [{ key: { status: 1, endDate: 1 }, name: 'plans_by_end' }]);
  const [rebuilds, openRebuilds] = [createRebuildRepository(platform), createAcrossTenants(platform, REBUILDS, [{ key: { open: 1 } }])];
  const photos = createPhotoStore(platform, clock, config.CLOUDINARY_URL);
  const [applyHoldings, findPrimaries] = [
    createApplyHoldings({ locations, changeHoldings, clock }),
    createFindPrimaries(holdings, locations),
  ];
  const placeAsset = createPlaceAsset({ changeHoldings, locations, assets, servicePlans, tenantDay });
  /** Whatever has indexes. */
  const collections = [
    ...[locations, assets, servicePlans, holdings, history, photos, rebuilds],
    ...[unfinishedHoldings, plansByEnd, openRebuilds],
    ...[replicas.users, replicas.customers, replicas.settings, replicas.tickets, replicas.bookings, replicas.repairs],
  ];
  return {
    ...replicas,
    locations,
    assets,
    servicePlans,
    history,
    tenantDay,
    findWorkFigures,
    findNames: createFindNames(platform.connection),
    changeHoldings,
    unfinishedHoldings,
    plansByEnd,
    rebuilds,
    openRebuilds,
    clock,
    photos,
    preparePhoto: createPreparePhoto(),
    publicUrl: config.PUBLIC_URL,
    applyHoldings,
    findPrimaries,
    firstLocation: createFirstLocation({ locations, changeHoldings, applyHoldings, findPrimaries }),
    placeAsset,
    createAsset: createCreateAsset(assets, placeAsset),
    moveAsset: createMoveAsset(assets, placeAsset),
    findCoveredCounts: createFindCoveredCounts(platform.connection),
    findOwner: createFindOwner(createFindCustomer(replicas.customers, auth)),
    showAsset: createShowAsset({ ...replicas, locations, servicePlans, findWorkFigures, tenantDay }),
    collections,
  };
};
export type Store = ReturnType<typeof createStore>;
