import Joi from 'joi';
import {
  ASSET_CATEGORIES,
  PAYMENT_METHODS,
  REPAIR_OUTCOMES,
  REPAIR_SOURCES,
  REPAIR_STATUSES,
  type AssetCategory,
  type PaymentMethod,
  type RepairOutcome,
  type RepairSource,
  type RepairStatus,
} from './enums.js';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';
import type { Money } from './money.js';

/** The device on a repair sheet, as it was when it was taken in. */
export interface RepairDevice {
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  readonly serialNumber: string;
  /** Days `YYYY-MM-DD`. */
  readonly purchaseDate?: string;
  readonly warrantyEndDate?: string;
  /** What came with it: charger, bag … */
  readonly accessories?: readonly string[];
  /** How it looked: scratches, cracks … */
  readonly condition?: string;
}

/** How the technician's work ended. `productionCost` and `labourMinutes` are the centre's own and never for customers. */
export interface PublishedOutcome {
  readonly type: RepairOutcome;
  /** The work that was done, or why it was refused. */
  readonly description: string;
  /** What is charged for it. */
  readonly amount: Money;
  readonly productionCost?: Money;
  readonly labourMinutes?: number;
  /** ISO 8601 UTC, as all times here. */
  readonly decidedAt: string;
  readonly decidedByUserId: string;
}

/** A repair as the other services know it: no internal note in it, and the device password never. */
export interface PublishedRepair {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly device: RepairDevice;
  readonly problemDescription: string;
  readonly source: RepairSource;
  readonly status: RepairStatus;
  readonly underWarranty: boolean;
  readonly createdByUserId: string;
  /** The person of the customer whom mails go to; missing: the customer's contact address. */
  readonly contactUserId?: string;
  readonly assignedToUserId?: string;
  readonly estimatedCompletionAt?: string;
  readonly outcome?: PublishedOutcome;
  /** What is to be paid in all; 0 until there is an outcome. */
  readonly amountDue: Money;
  readonly amountPaid: Money;
  /** When nothing was left to pay. */
  readonly paidAt?: string;
  /** The desk let the customer off what was left. */
  readonly waived: boolean;
  readonly readyAt?: string;
  readonly collectedAt?: string;
  readonly collectedBy?: string;
  readonly createdAt: string;
}

const money = Joi.object<Money>({ amount: Joi.number().integer().required(), currency: text.required() }).unknown(true);

const device = Joi.object<RepairDevice>({
  category: Joi.valid(...ASSET_CATEGORIES).required(),
  brand: text.required(),
  model: text.required(),
  serialNumber: text.required(),
  purchaseDate: day,
  warrantyEndDate: day,
  accessories: Joi.array().items(text),
  condition: text,
}).unknown(true);

const outcome = Joi.object<PublishedOutcome>({
  type: Joi.valid(...REPAIR_OUTCOMES).required(),
  description: text.required(),
  amount: money.required(),
  productionCost: money,
  labourMinutes: Joi.number(),
  decidedAt: instant.required(),
  decidedByUserId: id.required(),
}).unknown(true);

const repair = Joi.object<PublishedRepair>({
  id: id.required(),
  number: text.required(),
  customerId: id.required(),
  assetId: id,
  device: device.required(),
  problemDescription: text.required(),
  source: Joi.valid(...REPAIR_SOURCES).required(),
  status: Joi.valid(...REPAIR_STATUSES).required(),
  underWarranty: Joi.boolean().required(),
  createdByUserId: id.required(),
  contactUserId: id,
  assignedToUserId: id,
  estimatedCompletionAt: instant,
  outcome,
  amountDue: money.required(),
  amountPaid: money.required(),
  paidAt: instant,
  waived: Joi.boolean().required(),
  readyAt: instant,
  collectedAt: instant,
  collectedBy: text,
  createdAt: instant.required(),
}).unknown(true);

/** Every repair event carries the repair after the change, when it was done, and who did it (`undefined`: the system). */
export interface RepairEventV1 {
  readonly repair: PublishedRepair;
  readonly at: string;
  readonly actorUserId?: string;
}
const base = { repair: repair.required(), at: instant.required(), actorUserId: id };
const plain = Joi.object<RepairEventV1>(base);

export const RepairReceived = defineEvent<RepairEventV1>(
  'riparo.tickets.repair-received.v1',
  'A repair sheet exists: the desk took a device in, or a customer asked for a repair.',
  plain,
);
export const RepairUpdated = defineEvent<RepairEventV1>(
  'riparo.tickets.repair-updated.v1',
  'Device, problem or notes on the sheet changed.',
  plain,
);

export interface RepairAssignedV1 extends RepairEventV1 {
  readonly previousUserId?: string;
}
export const RepairAssigned = defineEvent<RepairAssignedV1>(
  'riparo.tickets.repair-assigned.v1',
  'A technician took the repair or was given it; without `assignedToUserId` it went back to the queue.',
  Joi.object<RepairAssignedV1>({ ...base, previousUserId: id }),
);

export interface RepairStatusChangedV1 extends RepairEventV1 {
  readonly from: RepairStatus;
  readonly to: RepairStatus;
  /** What was said about it, for the customer too. */
  readonly reason?: string;
  /** The customer did it themselves. */
  readonly byCustomer?: boolean;
}
/** Every change of status is told by this one; some are told by an event of their own besides. */
export const RepairStatusChanged = defineEvent<RepairStatusChangedV1>(
  'riparo.tickets.repair-status-changed.v1',
  'A repair is further than before, or held up; told for every change of status.',
  Joi.object<RepairStatusChangedV1>({
    ...base,
    from: Joi.valid(...REPAIR_STATUSES).required(),
    to: Joi.valid(...REPAIR_STATUSES).required(),
    reason: text,
    byCustomer: Joi.boolean(),
  }),
);

export interface RepairEstimateChangedV1 extends RepairEventV1 {
  readonly previousEstimatedCompletionAt?: string;
  /** The status before, when the same change moved the repair on: RepairStatusChanged tells of it too. */
  readonly statusFrom?: RepairStatus;
}
export const RepairEstimateChanged = defineEvent<RepairEstimateChangedV1>(
  'riparo.tickets.repair-estimate-changed.v1',
  'It is expected to be done at another time than before.',
  Joi.object<RepairEstimateChangedV1>({ ...base, previousEstimatedCompletionAt: instant, statusFrom: Joi.valid(...REPAIR_STATUSES) }),
);

export const RepairCompleted = defineEvent<RepairEventV1>(
  'riparo.tickets.repair-completed.v1',
  'The technician ended the work with success; `outcome` says what was done.',
  plain,
);
export const RepairRefused = defineEvent<RepairEventV1>(
  'riparo.tickets.repair-refused.v1',
  'The technician refused the repair; `outcome` says why.',
  plain,
);
export const RepairReady = defineEvent<RepairEventV1>('riparo.tickets.repair-ready.v1', 'The device can be fetched.', plain);

export interface RepairPaidV1 extends RepairEventV1 {
  readonly payment: { readonly id: string; readonly method: PaymentMethod; readonly amount: Money; readonly reference?: string };
}
export const RepairPaid = defineEvent<RepairPaidV1>(
  'riparo.tickets.repair-paid.v1',
  'A payment was taken; `paidAt` is there once nothing is left to pay.',
  Joi.object<RepairPaidV1>({
    ...base,
    payment: Joi.object({
      id: id.required(),
      method: Joi.valid(...PAYMENT_METHODS).required(),
      amount: money.required(),
      reference: text,
    })
      .unknown(true)
      .required(),
  }),
);

export interface RepairPaymentWaivedV1 extends RepairEventV1 {
  /** What was left to pay. */
  readonly amount: Money;
  readonly reason: string;
}
export const RepairPaymentWaived = defineEvent<RepairPaymentWaivedV1>(
  'riparo.tickets.repair-payment-waived.v1',
  'The desk let the customer off what was left to pay.',
  Joi.object<RepairPaymentWaivedV1>({ ...base, amount: money.required(), reason: text.required() }),
);

export const RepairCollected = defineEvent<RepairEventV1>(
  'riparo.tickets.repair-collected.v1',
  'The device was handed back; the repair is closed.',
  plain,
);

export interface RepairRepliedV1 extends RepairEventV1 {
  readonly activityId: string;
  /** Public text only: internal notes are never announced. */
  readonly body: string;
  readonly byCustomer: boolean;
}
export const RepairReplied = defineEvent<RepairRepliedV1>(
  'riparo.tickets.repair-replied.v1',
  'A public word was added to the timeline of a repair.',
  Joi.object<RepairRepliedV1>({ ...base, activityId: id.required(), body: text.required(), byCustomer: Joi.boolean().required() }),
);
