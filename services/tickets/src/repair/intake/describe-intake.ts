import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Call } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import { startOf } from '@riparo/shared/time/local-day';
import { assetOf, checkLocation, customerWords } from '../../kernel/customer-and-device.js';
import type { Identification, Opening } from './decide-open.js';
import type { RepairDeps } from '../dependencies.js';
import type { IntakeBody } from './intake.schema.js';
import { customerNotActive, customerNotFound } from '../../kernel/customer-and-device.errors.js';
import { localDateOf } from '../../kernel/day-or-instant.js';
import { currencyFaults, inCurrency } from '../payment/money.js';
import { readPromise } from '../../kernel/promise.js';
import type { WarrantyClaim } from '../warranty/work-warranty.js';

type Deps = Pick<
  RepairDeps,
  'replicas' | 'assetLookup' | 'customerLookup' | 'registerDevice' | 'vault' | 'rulesOf' | 'currencyOf' | 'claims' | 'termsOf'
>;
type IntakeCall = Call<IntakeBody>;

interface Whose {
  readonly customerId: string;
  /** Missing only for a customer who registered a moment ago; the token of that caller is proof enough. */
  readonly customer?: PublishedCustomer;
  /** Only for the desk. */
  readonly identifiedBy?: Identification;
}

const whoseOf = async ({ replicas, customerLookup }: Deps, { caller, body }: IntakeCall, cause: string): Promise<Whose> => {
  const { tenantId, customerId: own } = caller;
  if (own !== undefined) return { customerId: own, customer: await replicas.customers.find(tenantId, own) };
  const { customerId = '', customer: stranger } = body;
  if (stranger !== undefined) {
    const { customer, isNew } = await customerLookup.findOrMake(tenantId, stranger, cause);
    return { customerId: customer.id, customer, identifiedBy: isNew ? 'CREATED' : 'FOUND' };
  }
  const customer = await customerLookup.find(tenantId, customerId);
  if (customer === undefined) throw customerNotFound();
  return { customerId, customer, identifiedBy: 'CHOSEN' };
};

interface Found {
  readonly asset?: PublishedAsset;
  readonly device: RepairDevice;
}

const registered = async (deps: Deps, { caller, body }: IntakeCall, customerId: string, assetId: string): Promise<Found> => {
  const asset = await assetOf(deps, caller.tenantId, customerId, assetId);
  const { category, brand, model, serialNumber, purchaseDate, warrantyEndDate } = asset;
  return { asset, device: { ...compact({ category, brand, model, serialNumber, purchaseDate, warrantyEndDate }), ...body.device } };
};

const deviceOf = async (deps: Deps, call: IntakeCall, customerId: string, cause: string): Promise<Found> => {
  const { caller, body } = call;
  const { tenantId, userId: actorUserId } = caller;
  if (body.locationId !== undefined) await checkLocation(deps, tenantId, customerId, body.locationId);
  if (body.assetId !== undefined) return registered(deps, call, customerId, body.assetId);
  // Without `assetId` the schema requires a complete device.
  const device = body.device as RepairDevice;
  const address = body.customer?.billingAddress;
  const { locationId } = body;
  const asset = await deps.registerDevice({ tenantId, customerId, actorUserId, device, locationId, address, cause });
  const { purchaseDate, warrantyEndDate } = { ...asset, ...device };
  return { asset, device: compact({ ...device, purchaseDate, warrantyEndDate }) };
};

/** Checked before a device is registered. */
const claimOf = async (deps: Deps, { caller, body }: IntakeCall, customerId: string, day: string): Promise<WarrantyClaim | undefined> => {
  const { warrantyClaimOf: repairId, assetId, device } = body;
  if (repairId === undefined) return undefined;
  const asset = assetId === undefined ? undefined : await assetOf(deps, caller.tenantId, customerId, assetId);
  const { serialNumber } = asset ?? (device as RepairDevice);
  return deps.claims.claimOf(caller.tenantId, repairId, { customerId, assetId, serialNumber, day });
};

/**
 * Describes a new repair: customer and device are found, or created in their own services. Everything here can be
 * repeated: another run finds what this one created.
 */
export type DescribeIntake = (call: IntakeCall) => Promise<Opening>;

export const createDescribeIntake =
  (deps: Deps): DescribeIntake =>
  async (call) => {
    const { caller, body, ids, now } = call;
    const { tenantId } = caller;
    const [rules, currency, { pickupTerms }] = await Promise.all([
      deps.rulesOf(tenantId),
      deps.currencyOf(tenantId),
      deps.termsOf(tenantId),
    ]);
    const today = localDateOf(now, rules.timeZone);
    const { estimatedCompletionAt: wanted, preferredAppointmentAt: preferred, refusalFee } = body;
    const faults = currencyFaults({ refusalFee }, currency);
    if (faults.length > 0) throw invalidInput(faults);
    // What is refused is refused before a customer or a device is made for it.
    const promised = wanted === undefined ? undefined : readPromise('estimatedCompletionAt', wanted, rules, now);
    const id = ids.next();
    const { customerId, customer, identifiedBy } = await whoseOf(deps, call, id);
    if (customer !== undefined && customer.status !== 'ACTIVE') throw customerNotActive();
    const warrantyClaimOf = await claimOf(deps, call, customerId, today);
    const { asset, device } = await deviceOf(deps, call, customerId, id);
    const { problemDescription, notes, devicePassword: password } = body;
    const owner = { tenantId, repairId: id };
    return compact<Opening>({
      id,
      customerId,
      assetId: asset?.id,
      locationId: body.locationId ?? asset?.locationId,
      device,
      problemDescription,
      notes,
      estimatedCompletionAt: promised?.at,
      estimatedCompletionDay: promised?.day,
      preferredAppointmentAt: preferred === undefined ? undefined : startOf(preferred, rules.timeZone),
      preferredAppointmentDay: typeof preferred === 'string' ? preferred : undefined,
      devicePassword: password === undefined ? undefined : deps.vault.sealPassword(owner, password),
      source: caller.customerId === undefined ? (body.source ?? 'COUNTER') : 'PORTAL',
      underWarranty: device.warrantyEndDate !== undefined && device.warrantyEndDate >= today,
      createdByUserId: caller.userId,
      contactUserId: caller.customerId === undefined ? undefined : caller.userId,
      refusalFee: refusalFee === undefined ? undefined : inCurrency(refusalFee, currency),
      warrantyClaimOf,
      pickupTerms,
      currency,
      words: customerWords(customer),
      identifiedBy,
    });
  };
