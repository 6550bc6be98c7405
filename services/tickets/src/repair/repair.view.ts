import type { Caller } from '@riparo/shared/contracts/caller';
import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { compact } from '@riparo/shared/json/compact';
import { customerName, type Replicas } from '../replica/replicas.js';
import {
  amountLeft,
  amountOverpaid,
  amountPaid,
  amountWaived,
  isInWork,
  type Outcome,
  type Payment,
  type RepairQuote,
  type RepairState,
} from './repair.js';
import { documentsOf } from './documents.js';
import { allowedFor } from './transitions.js';
import { isStaffCaller } from '../kernel/held.js';
import { shownVersion } from '../kernel/shown-version.js';
import { shownPickup } from './pickup/pickup.view.js';
import { shownClaim } from './warranty/work-warranty.js';
import { deviceFor } from '../replica/asset-lookup.js';

/** Fields that no view shows; lists do not read them. */
export const UNLISTED = [
  'words',
  'recentChanges',
  'timeline',
  'serialKey',
  'dueOrder',
  'closedAt',
  'warrantyUntil',
  'pickupLookAt',
  'leftBehindAt',
  'overpaid',
  'abandonRequested',
  'acceptedQuote',
  'heldFrom',
  'partsExpectedOn',
] as const;

/** The fields of a repair that views need. */
export type ListedRepair = Omit<RepairState, (typeof UNLISTED)[number]>;

/** Cost and labour of the repair are not for customers. */
const outcomeFor = (isStaff: boolean, outcome: Outcome | undefined) => {
  if (outcome === undefined || isStaff) return outcome;
  const { type, description, amount, lines, notCoveredReason, decidedAt } = outcome;
  return compact({ type, description, amount, lines, notCoveredReason, decidedAt });
};

const quoteOf = (quote: RepairQuote | undefined) => {
  if (quote === undefined) return undefined;
  const { id, number, quoteVersion, status, total, maximum, validUntil } = quote;
  return compact({ id, number, quoteVersion, status, total, maximum, validUntil });
};

const paymentsFor = (isStaff: boolean, payments: readonly Payment[]) =>
  isStaff ? payments : payments.map(({ byUserId: _, ...payment }) => payment);

const fieldsOf = (isStaff: boolean, repair: ListedRepair) => ({
  id: repair.id,
  number: repair.number,
  customerId: repair.customerId,
  assetId: repair.assetId,
  locationId: repair.locationId,
  device: repair.device,
  problemDescription: repair.problemDescription,
  notes: repair.notes,
  source: repair.source,
  preferredAppointmentAt: repair.preferredAppointmentAt,
  preferredAppointmentDay: repair.preferredAppointmentDay,
  status: repair.status,
  statusName: REPAIR_STATUS_NAMES[repair.status],
  underWarranty: repair.underWarranty,
  warrantyClaimOf: repair.warrantyClaimOf && shownClaim(repair.warrantyClaimOf),
  workWarranty: repair.workWarranty,
  createdByUserId: repair.createdByUserId,
  assignedToUserId: repair.assignedToUserId,
  estimatedCompletionAt: repair.estimatedCompletionAt,
  estimatedCompletionDay: repair.estimatedCompletionDay,
  outcome: outcomeFor(isStaff, repair.outcome),
  refusalFee: repair.refusalFee,
  quote: quoteOf(repair.quote),
  awaitedParts: (isInWork(repair.status) ? (repair.awaitedParts ?? []) : []).map(({ name, quantity, expectedOn }) =>
    compact({ name, quantity, expectedOn }),
  ),
  extraLines: repair.extraLines,
  pickup: repair.pickup && shownPickup(isStaff, repair.pickup),
  abandoned: repair.abandoned && (isStaff ? repair.abandoned : { at: repair.abandoned.at }),
  amountDue: repair.amountDue,
  amountPaid: amountPaid(repair),
  amountLeft: amountLeft(repair),
  amountWaived: amountWaived(repair),
  amountOverpaid: amountOverpaid(repair),
  payments: paymentsFor(isStaff, repair.payments),
  paidAt: repair.paidAt,
  waived: repair.waiver !== undefined,
  readyAt: repair.readyAt,
  collectedAt: repair.collectedAt,
  collectedBy: repair.collectedBy,
  createdAt: repair.createdAt,
  updatedAt: repair.updatedAt,
});

/** What customers see of a repair. */
export const shownToCustomers = (repair: ListedRepair) => fieldsOf(false, repair);

const forStaff = ({ waiver, contactUserId, devicePassword, abandonment }: ListedRepair) => ({
  waiver,
  abandonment,
  contactUserId,
  /** Tells staff whether a password can be revealed; no view holds the password itself. */
  hasDevicePassword: devicePassword !== undefined,
});

/** Repairs as lists and answers show them, with the names of technician, customer and device. */
export const viewRepairs = async (
  { users, customers, assets, documents }: Pick<Replicas, 'users' | 'customers' | 'assets' | 'documents'>,
  caller: Caller,
  repairs: readonly ListedRepair[],
) => {
  const { tenantId } = caller;
  const idsOf = (field: 'assignedToUserId' | 'customerId' | 'assetId') => repairs.map((repair) => repair[field]);
  const [people, owners, devices, issued] = await Promise.all([
    users.findMany(tenantId, idsOf('assignedToUserId')),
    customers.findMany(tenantId, idsOf('customerId')),
    assets.findMany(tenantId, idsOf('assetId')),
    documentsOf(documents, caller, repairs),
  ]);
  return repairs.map((repair) => {
    const { customerId, assetId, assignedToUserId: techId } = repair;
    const owner = owners.get(customerId);
    return compact({
      ...fieldsOf(isStaffCaller(caller), repair),
      version: shownVersion(caller, repair),
      ...(isStaffCaller(caller) ? forStaff(repair) : {}),
      customer: { id: customerId, name: owner === undefined ? '' : customerName(owner) },
      asset:
        assetId === undefined
          ? undefined
          : { id: assetId, friendlyName: deviceFor(caller, customerId, devices.get(assetId))?.friendlyName ?? '' },
      documents: issued.get(repair.id) ?? [],
      assignedTo: techId === undefined ? undefined : { id: techId, name: people.get(techId)?.name ?? '' },
    });
  });
};

export const viewRepair = async (
  replicas: Pick<Replicas, 'users' | 'customers' | 'assets' | 'documents'>,
  caller: Caller,
  repair: ListedRepair,
) => {
  const [view] = await viewRepairs(replicas, caller, [repair]);
  const allowedTransitions = allowedFor({ role: caller.role, byUserId: caller.userId }, repair);
  return { ...(view as NonNullable<typeof view>), allowedTransitions };
};
