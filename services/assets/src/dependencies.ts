import type { Platform } from '@riparo/shared/composition/platform';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { createPrinter } from '@riparo/shared/pdf/create-printer';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createDerivedUpkeep } from '@riparo/shared/persistence/derived-upkeep';
import { createRefreshDerived } from '@riparo/shared/persistence/refresh-derived';
import type { Repository } from '@riparo/shared/persistence/repository';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import { WORD_SCHEME } from '@riparo/shared/text/search-words';
import { createRunRebuilds } from '@riparo/shared/rebuild/run-rebuilds';
import { assetWords } from './asset/asset-words.js';
import type { Asset } from './asset/asset.js';
import { createAssetRepository } from './asset/asset.repository.js';
import { createCreateAsset } from './asset/create-asset.js';
import { createShowAsset } from './asset/show-asset.js';
import { createSyncDeviceStatus } from './asset/sync-device-status.js';
import { createFindWorkFigures } from './asset/work-figures.js';
import type { AssetsConfig } from './config.js';
import { createExports } from './exports.js';
import { createFindNames } from './history/find-names.js';
import { createHistoryStore } from './history/history.store.js';
import { createApplyHoldings } from './holdings/apply-holdings.js';
import { createChangeHoldings } from './holdings/change-holdings.js';
import { createFindPrimaries } from './holdings/find-primaries.js';
import { createFinishHoldings } from './holdings/finish-holdings.js';
import { createHoldingsRepository } from './holdings/holdings.repository.js';
import { createMoveAsset } from './holdings/move-asset.js';
import { createPlaceAsset } from './holdings/place-asset.js';
import { createFirstLocation } from './location/first-location.js';
import { createLocationRepository } from './location/location.repository.js';
import { createFindOwner } from './owner.js';
import { createAdjustCounted } from './part/count/adjust-counted.js';
import { createStockCountRepository, STOCK_COUNTS } from './part/count/stock-count.repository.js';
import { keysOf, type Part } from './part/part.js';
import { createPartRepository, PARTS } from './part/part.repository.js';
import { createEndOfTicket, createEndReported } from './part/reservation/end-reported.js';
import { createEndReservations } from './part/reservation/end-reservations.js';
import { createFindRepair } from './part/reservation/find-repair.js';
import { createFindWorkReport } from './part/reservation/find-work-report.js';
import { createOpenWork, createWorkGoesOn } from './part/reservation/open-work.js';
import { createPlaceReservation } from './part/reservation/place-reservation.js';
import { createReservationStore } from './part/reservation/reservation.store.js';
import { createMaySeeWork } from './part/reservation/see-work.js';
import { createReserveQuote } from './part/reservation/reserve-quote.js';
import { createChangePart, createFilePart } from './part/stock/change-part.js';
import { createLedgerStore } from './part/stock/ledger.store.js';
import { createTenantCurrency } from './part/tenant-currency.js';
import { createPhotoStore } from './photo/photo.store.js';
import { createPreparePhoto } from './photo/prepare-photo.js';
import { orderWords, type PurchaseOrder } from './purchase-order/purchase-order.js';
import { createPurchaseOrderRepository, PURCHASE_ORDERS } from './purchase-order/purchase-order.repository.js';
import { createTellPartsOfOrder } from './purchase-order/tell-parts.js';
import { createRebuildRepository, REBUILDS } from './rebuild/rebuild.repository.js';
import { createPhases } from './rebuild/phases.js';
import { rebuildRules } from './rebuild/rebuild.js';
import { createFindCustomer } from './replica/find-customer.js';
import { createReplicas } from './replica/replicas.js';
import { createFindCoveredCounts } from './service-plan/covered-counts.js';
import { createServicePlanRepository } from './service-plan/service-plan.repository.js';
import { createWorkingDay } from './service-plan/working-day.js';
import { createTenantDay } from './tenant-day.js';
import { createFollowOdometer } from './vehicle/follow-odometer.js';
import { createRecordUse } from './vehicle/log/record-use.js';
import { createUseStore } from './vehicle/log/use.store.js';
import { vehicleWords, type Vehicle } from './vehicle/vehicle.js';
import { createVehicleRepository, VEHICLES } from './vehicle/vehicle.repository.js';

/** What assets may be given from outside. */
export interface AssetsOptions {
  /** How the tickets service is asked; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: InternalClient;
  /** How auth is asked for customers of a moment ago; without it only those that events have told of are known. */
  readonly auth?: InternalClient;
}

/** A page of tickets with their timelines takes longer than other answers; in ms. */
const PAGE_TIMEOUT_MS = 20_000;

const ticketsOverHttp = ({ serviceTokens: tokens }: Platform, { TICKETS_URL: baseUrl }: AssetsConfig, timeoutMs?: number): InternalClient =>
  createInternalClient({ service: 'tickets', baseUrl, tokens, ...(timeoutMs === undefined ? {} : { timeoutMs }) });

const unsettled = { unsettledSince: { $exists: true } };

/** What assets keeps, the copies of others' things included: each has indexes. */
const createCollections = (platform: Platform, config: AssetsConfig) => ({
  ...createReplicas(platform),
  locations: createLocationRepository(platform),
  assets: createAssetRepository(platform),
  servicePlans: createServicePlanRepository(platform),
  holdings: createHoldingsRepository(platform),
  parts: createPartRepository(platform),
  ledger: createLedgerStore(platform),
  reservations: createReservationStore(platform),
  purchaseOrders: createPurchaseOrderRepository(platform),
  unsettledOrders: createAcrossTenants(platform, PURCHASE_ORDERS, [momentIndex('unsettledSince')]),
  stockCounts: createStockCountRepository(platform),
  unsettledCounts: createAcrossTenants(platform, STOCK_COUNTS, [momentIndex('unsettledSince')]),
  unfiledParts: createAcrossTenants(platform, PARTS, [momentIndex('unfiled.since')]),
  vehicles: createVehicleRepository(platform),
  vehicleUses: createUseStore(platform),
  history: createHistoryStore(platform),
  photos: createPhotoStore(platform, platform.clock, config.CLOUDINARY_URL),
  rebuilds: createRebuildRepository(platform),
  unfinishedHoldings: createAcrossTenants(platform, 'estates', [
    { key: { unsettledSince: 1 }, name: 'unsettled', partialFilterExpression: unsettled },
  ]),
  plansByEnd: createAcrossTenants(platform, 'servicePlans', [{ key: { status: 1, endDate: 1 }, name: 'plans_by_end' }]),
  openRebuilds: createAcrossTenants(platform, REBUILDS, [{ key: { open: 1 } }]),
});

/**
 * Brings stored words and keys of serial numbers in line with those of this version. A key that another device of the
 * customer has already stays as it was: the two were kept as different ones.
 */
const createRenewWords = (platform: Platform, assets: Repository<Asset>) =>
  createDerivedUpkeep({ ...platform, scheme: WORD_SCHEME }, [
    createRefreshDerived<Asset>(platform, {
      collection: 'assets',
      derive: async (tenantId, { customerId, serialNumber, serialKey: kept }) => {
        const key = serialKeyOf(serialNumber);
        const renews =
          kept !== undefined && kept !== key && (await assets.in(tenantId).findOne({ customerId, serialKey: key })) === undefined;
        const serialKeys = (asset: Asset) => (renews && asset.serialKey === kept ? { serialKey: key } : {});
        return (asset) => ({ searchWords: assetWords(asset), ...serialKeys(asset) });
      },
    }),
    createRefreshDerived<Part>(platform, { collection: PARTS, leaveOut: ['reservations'], derive: () => Promise.resolve(keysOf) }),
    createRefreshDerived<PurchaseOrder>(platform, {
      collection: PURCHASE_ORDERS,
      leaveOut: ['receipts'],
      derive: () => Promise.resolve((order) => ({ searchWords: orderWords(order) })),
    }),
    createRefreshDerived<Vehicle>(platform, {
      collection: VEHICLES,
      derive: () => Promise.resolve((vehicle) => ({ searchWords: vehicleWords(vehicle) })),
    }),
  ]);

/** What changes the stock of parts is made with. */
const createStock = ({ connection }: Platform, collections: ReturnType<typeof createCollections>, ticketsService: InternalClient) => {
  const filePart = createFilePart({ ...collections, connection });
  const changePart = createChangePart({ ...collections, connection }, filePart);
  const findRepair = createFindRepair({ ...collections, ticketsService });
  const findWorkReport = createFindWorkReport({ ...collections, ticketsService });
  const placeReservation = createPlaceReservation({ workGoesOn: createWorkGoesOn(collections), changePart });
  const endReservations = createEndReservations({ ...collections, changePart });
  const endReported = createEndReported({ ...collections, endReservations });
  return {
    filePart,
    changePart,
    findRepair,
    findWorkReport,
    openWork: createOpenWork({ ...collections, findRepair, findWorkReport }),
    maySeeWork: createMaySeeWork({ findRepair, findWorkReport }),
    placeReservation,
    tenantCurrency: createTenantCurrency(collections.settings),
    endReservations,
    endReported,
    endOfTicket: createEndOfTicket(collections, endReported),
    adjustCounted: createAdjustCounted({ ...collections, changePart }),
    tellPartsOfOrder: createTellPartsOfOrder({ ...collections, changePart }),
    reserveQuote: createReserveQuote({ ...collections, findRepair, placeReservation }),
  };
};

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: AssetsConfig, outside: AssetsOptions = {}) => {
  const { clock, connection, log } = platform;
  const collections = createCollections(platform, config);
  const { locations, assets, servicePlans, holdings, customers, settings } = collections;
  const tenantDay = createTenantDay(settings, config.DEFAULT_TIMEZONE);
  const findWorkFigures = createFindWorkFigures(connection);
  const changeHoldings = createChangeHoldings(holdings);
  const applyHoldings = createApplyHoldings({ locations, changeHoldings, clock });
  const findPrimaries = createFindPrimaries(holdings, locations);
  const placeAsset = createPlaceAsset({ changeHoldings, locations, assets, servicePlans, tenantDay });
  const syncDeviceStatus = createSyncDeviceStatus(collections);
  const recordUse = createRecordUse(collections);
  const exportingTickets = outside.tickets ?? ticketsOverHttp(platform, config, PAGE_TIMEOUT_MS);
  return {
    ...collections,
    ...createExports(platform, collections.parts),
    ...createStock(platform, collections, outside.tickets ?? ticketsOverHttp(platform, config)),
    clock,
    log,
    tenantDay,
    workingDay: createWorkingDay(settings),
    findWorkFigures,
    findNames: createFindNames(connection),
    changeHoldings,
    preparePhoto: createPreparePhoto(),
    print: createPrinter(),
    publicUrl: config.PUBLIC_URL,
    applyHoldings,
    finishHoldings: createFinishHoldings({ ...collections, applyHoldings, clock }),
    findPrimaries,
    firstLocation: createFirstLocation({ locations, changeHoldings, applyHoldings, findPrimaries }),
    placeAsset,
    createAsset: createCreateAsset(assets, placeAsset),
    moveAsset: createMoveAsset(assets, placeAsset),
    findCoveredCounts: createFindCoveredCounts(connection),
    findOwner: createFindOwner(createFindCustomer(customers, outside.auth)),
    showAsset: createShowAsset({ ...collections, findWorkFigures, tenantDay }),
    syncDeviceStatus,
    recordUse,
    followOdometer: createFollowOdometer(collections.vehicles),
    rebuildRules,
    rebuild: createRunRebuilds({
      ...collections,
      rebuildRules,
      clock,
      phases: createPhases({ ...collections, syncDeviceStatus, recordUse, ticketsService: exportingTickets }),
    }),
    renewWords: createRenewWords(platform, assets),
    /** Whatever has indexes. */
    repositories: Object.values(collections),
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
