import Joi from 'joi';
import {
  ASSET_CATEGORIES,
  ASSET_STATUSES,
  COVERAGE_LEVELS,
  SERVICE_PLAN_STATUSES,
  SERVICE_PLAN_TYPES,
  SUPPORT_HOURS,
  type AssetCategory,
  type AssetStatus,
  type CoverageLevel,
  type ServicePlanStatus,
  type ServicePlanType,
  type SupportHours,
} from './enums.js';
import { defineEvent } from './event.js';
import { day, id, text } from './fragments.js';
import type { Money } from './money.js';
import { eventMoney } from './price-lines.js';

export interface PublishedLocation {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly addressLine1: string;
  readonly addressLine2?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  /** WGS 84, degrees; journeys to it are computed from it. */
  readonly geo?: { readonly lat: number; readonly lng: number };
  readonly isPrimary: boolean;
  readonly removed: boolean;
}

export interface PublishedAsset {
  readonly id: string;
  readonly customerId: string;
  readonly locationId: string;
  readonly friendlyName: string;
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly status: AssetStatus;
  readonly servicePlanId?: string;
  /** WGS 84, in degrees. Journeys to the location are computed from it. */
  readonly purchaseDate?: string;
  /** `YYYY-MM-DD`, the last day covered. */
  readonly warrantyEndDate?: string;
}

const location = Joi.object({
  id: id.required(),
  customerId: id.required(),
  name: text.required(),
  addressLine1: text.required(),
  addressLine2: text,
  city: text.required(),
  state: text.required(),
  postalCode: text.required(),
  country: text.required(),
  geo: Joi.object({ lat: Joi.number().min(-90).max(90).required(), lng: Joi.number().min(-180).max(180).required() }).unknown(true),
  isPrimary: Joi.boolean().required(),
  removed: Joi.boolean().required(),
}).unknown(true);

const asset = Joi.object({
  id: id.required(),
  customerId: id.required(),
  locationId: id.required(),
  friendlyName: text.required(),
  category: Joi.valid(...ASSET_CATEGORIES).required(),
  brand: text.required(),
  model: text.required(),
  serialNumber: text.required(),
  status: Joi.valid(...ASSET_STATUSES).required(),
  servicePlanId: id,
  purchaseDate: day,
  warrantyEndDate: day,
}).unknown(true);

export interface LocationEventV1 {
  readonly location: PublishedLocation;
}
const locationData = Joi.object<LocationEventV1>({ location: location.required() });
export const LocationAdded = defineEvent<LocationEventV1>(
  'riparo.assets.location-added.v1',
  'A customer has a new location.',
  locationData,
);
export const LocationUpdated = defineEvent<LocationEventV1>('riparo.assets.location-updated.v1', 'A location changed.', locationData);
export const LocationRemoved = defineEvent<LocationEventV1>('riparo.assets.location-removed.v1', 'A location was removed.', locationData);

/**
 * One field of a device that a change touched. `from` is missing when the field was empty before; `to` is missing when
 * the field is empty now.
 */
export interface AssetChange {
  readonly field: 'status' | 'locationId' | 'servicePlanId' | 'customerId';
  readonly from?: string;
  readonly to?: string;
}

export interface AssetEventV1 {
  readonly asset: PublishedAsset;
  /** Who made the change; missing when the system made it. */
  readonly actorUserId?: string;
  /** The changes that the device's history shows: status, location, plan and owner. Missing for edits that changed none of these. */
  readonly changes?: readonly AssetChange[];
}
const change = Joi.object({
  field: Joi.string().valid('status', 'locationId', 'servicePlanId', 'customerId').required(),
  from: text,
  to: text,
}).unknown(true);
const assetData = Joi.object<AssetEventV1>({ asset: asset.required(), actorUserId: id, changes: Joi.array().items(change) });
export const AssetRegistered = defineEvent<AssetEventV1>('riparo.assets.asset-registered.v1', 'A device was registered.', assetData);
export const AssetUpdated = defineEvent<AssetEventV1>('riparo.assets.asset-updated.v1', 'A device changed.', assetData);
export const AssetRetired = defineEvent<AssetEventV1>('riparo.assets.asset-retired.v1', 'A device was retired.', assetData);

/** A service plan as the other services know it. It covers a device whose `servicePlanId` names it. */
export interface PublishedServicePlan {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly planType: ServicePlanType;
  readonly coverageLevel: CoverageLevel;
  /** `YYYY-MM-DD`, the first day covered. */
  readonly startDate: string;
  /** `YYYY-MM-DD`, the last day covered, in the tenant's time zone. After this day the plan covers nothing, whatever its status says. */
  readonly endDate: string;
  readonly status: ServicePlanStatus;
  /** What an hour of work costs that the plan does not bear, without VAT; missing: what the centre's settings say. */
  readonly labourPerHour?: Money;
  readonly sla?: PublishedServicePlanSla;
}

/** Times that the plan promises for tickets about covered devices. They replace the defaults by priority. */
export interface PublishedServicePlanSla {
  /** Minutes until the first public reply; a day has 1440. */
  readonly responseMinutes: number;
  /** Minutes until the resolution; a day has 1440. */
  readonly resolutionMinutes: number;
  /** Where the plan promises days in business hours: days of the tenant's calendar, which count instead of the minutes. */
  readonly responseWorkingDays?: number;
  readonly resolutionWorkingDays?: number;
  /** `24/7` counts every minute; `Business hours` counts the minutes of the tenant's business calendar. */
  readonly supportHours: SupportHours;
}

const servicePlan = Joi.object({
  id: id.required(),
  customerId: id.required(),
  name: text.required(),
  planType: Joi.valid(...SERVICE_PLAN_TYPES).required(),
  coverageLevel: Joi.valid(...COVERAGE_LEVELS).required(),
  startDate: day.required(),
  endDate: day.required(),
  status: Joi.valid(...SERVICE_PLAN_STATUSES).required(),
  labourPerHour: eventMoney,
  sla: Joi.object({
    responseMinutes: Joi.number().integer().min(1).required(),
    resolutionMinutes: Joi.number().integer().min(1).required(),
    responseWorkingDays: Joi.number().integer().min(1),
    resolutionWorkingDays: Joi.number().integer().min(1),
    supportHours: Joi.valid(...SUPPORT_HOURS).required(),
  }).unknown(true),
}).unknown(true);

export interface ServicePlanEventV1 {
  readonly servicePlan: PublishedServicePlan;
}
const servicePlanData = Joi.object<ServicePlanEventV1>({ servicePlan: servicePlan.required() });
export const ServicePlanCreated = defineEvent<ServicePlanEventV1>(
  'riparo.assets.service-plan-created.v1',
  'A customer has a new service plan.',
  servicePlanData,
);
export const ServicePlanUpdated = defineEvent<ServicePlanEventV1>(
  'riparo.assets.service-plan-updated.v1',
  'A service plan changed; an expired one may run again with a later end.',
  servicePlanData,
);
export const ServicePlanCancelled = defineEvent<ServicePlanEventV1>(
  'riparo.assets.service-plan-cancelled.v1',
  'A service plan was cancelled and covers nothing any more.',
  servicePlanData,
);
export const ServicePlanExpired = defineEvent<ServicePlanEventV1>(
  'riparo.assets.service-plan-expired.v1',
  'A service plan is past its last day.',
  servicePlanData,
);

export interface ServicePlanExpiringV1 extends ServicePlanEventV1 {
  /** Whole days from the announcement until the last day covered: at most 30, or at most 7. */
  readonly daysLeft: number;
}
export const ServicePlanExpiring = defineEvent<ServicePlanExpiringV1>(
  'riparo.assets.service-plan-expiring.v1',
  'A service plan ends soon; announced once 30 and once 7 days ahead.',
  Joi.object<ServicePlanExpiringV1>({ servicePlan: servicePlan.required(), daysLeft: Joi.number().integer().required() }),
);
