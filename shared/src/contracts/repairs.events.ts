import Joi from 'joi';
import {
  ASSET_CATEGORIES,
  PAYMENT_METHODS,
  REPAIR_SOURCES,
  REPAIR_STATUSES,
  type AssetCategory,
  type PaymentMethod,
  type RepairSource,
  type RepairStatus,
} from './enums.js';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { eventLine, eventMoney, type PriceLine } from './price-lines.js';
import { eventOutcome, type PublishedOutcome } from './repair-outcome.js';

/** The device on a repair sheet, as it was at the intake. */
export interface RepairDevice {
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  readonly serialNumber: string;
  /** `YYYY-MM-DD`, like `warrantyEndDate`. */
  readonly purchaseDate?: string;
  readonly warrantyEndDate?: string;
  /** What the customer left with the device: charger, bag … */
  readonly accessories?: readonly string[];
  /** Visible damage at the intake: scratches, cracks … */
  readonly condition?: string;
}

/** A payment of a repair, or with a negative amount a refund. */
export interface PublishedPayment {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly amount: Money;
  readonly reference?: string;
  readonly at: string;
}

/** What the centre's own warranty covers. */
export interface PublishedWarrantyItem {
  readonly kind: 'LABOUR' | 'PART';
  /** Of a PART. */
  readonly partId?: string;
  readonly description: string;
  /** The last day covered: `YYYY-MM-DD`. */
  readonly until: string;
}

/** A repair as the other services know it: without internal notes, and never with the device password. */
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
  /** The person of the customer whom mails go to. Missing: mails go to the customer's contact address. */
  readonly contactUserId?: string;
  readonly assignedToUserId?: string;
  readonly estimatedCompletionAt?: string;
  /** `YYYY-MM-DD`, where a whole day was promised; `estimatedCompletionAt` is then the end of its working hours. */
  readonly estimatedCompletionDay?: string;
  readonly outcome?: PublishedOutcome;
  /** What the customer pays when the repair is not done after all, VAT included; agreed at the intake. */
  readonly refusalFee?: Money;
  /** What the customer pays in all; 0 until there is an outcome. */
  readonly amountDue: Money;
  /** Payments without what was given back. */
  readonly amountPaid: Money;
  /** Missing in events of earlier versions, like the three below: then it is the difference. */
  readonly amountLeft?: Money;
  /** What the desk let the customer off. */
  readonly amountWaived?: Money;
  /** Every payment and refund, the oldest first. */
  readonly payments?: readonly PublishedPayment[];
  /** What came to the outcome's lines afterwards: storage. */
  readonly extraLines?: readonly PriceLine[];
  /** The repair whose work failed, where this one is a claim under the centre's own warranty. */
  readonly warrantyClaimOf?: { readonly repairId: string; readonly number: string };
  /** From collection on: until when the centre answers for its own work. */
  readonly workWarranty?: readonly PublishedWarrantyItem[];
  /** Nobody collected the device, and the centre gave it up. */
  readonly abandoned?: boolean;
  /** When nothing was left to pay any more. */
  readonly paidAt?: string;
  /** True when the desk waived what was left to pay. */
  readonly waived: boolean;
  readonly readyAt?: string;
  readonly collectedAt?: string;
  readonly collectedBy?: string;
  readonly createdAt: string;
}

const money = eventMoney;

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
  estimatedCompletionDay: day,
  outcome: eventOutcome,
  refusalFee: money,
  amountDue: money.required(),
  amountPaid: money.required(),
  amountLeft: money,
  amountWaived: money,
  payments: Joi.array().items(
    Joi.object<PublishedPayment>({
      id: id.required(),
      method: Joi.valid(...PAYMENT_METHODS).required(),
      amount: money.required(),
      reference: text,
      at: instant.required(),
    }).unknown(true),
  ),
  extraLines: Joi.array().items(eventLine),
  warrantyClaimOf: Joi.object({ repairId: id.required(), number: text.required() }).unknown(true),
  workWarranty: Joi.array().items(
    Joi.object<PublishedWarrantyItem>({
      kind: Joi.valid('LABOUR', 'PART').required(),
      partId: id,
      description: text.required(),
      until: day.required(),
    }).unknown(true),
  ),
  abandoned: Joi.boolean(),
  paidAt: instant,
  waived: Joi.boolean().required(),
  readyAt: instant,
  collectedAt: instant,
  collectedBy: text,
  createdAt: instant.required(),
}).unknown(true);

/** Every repair event carries the repair after the change, the time of the change, and who made the change (`undefined`: the system). */
export interface RepairEventV1 {
  readonly repair: PublishedRepair;
  readonly at: string;
  readonly actorUserId?: string;
}
export const repairEventFields = { repair: repair.required(), at: instant.required(), actorUserId: id };
const base = repairEventFields;
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

/** Why the system moved a repair on: its quote was sent or decided, or parts are missing or have arrived. */
export const REPAIR_MOVE_CAUSES = ['QUOTE', 'PARTS'] as const;
export type RepairMoveCause = (typeof REPAIR_MOVE_CAUSES)[number];

export interface RepairStatusChangedV1 extends RepairEventV1 {
  readonly from: RepairStatus;
  readonly to: RepairStatus;
  /** Text that staff or the customer gave with the change; the customer may read it. */
  readonly reason?: string;
  /** True when the customer made the change. */
  readonly byCustomer?: boolean;
  /** Missing: a person moved it, or an appointment. */
  readonly cause?: RepairMoveCause;
}
/** Every change of status is published as this event. Some changes are published as a second event too, such as RepairReady. */
export const RepairStatusChanged = defineEvent<RepairStatusChangedV1>(
  'riparo.tickets.repair-status-changed.v1',
  'A repair is further than before, or held up; told for every change of status.',
  Joi.object<RepairStatusChangedV1>({
    ...base,
    from: Joi.valid(...REPAIR_STATUSES).required(),
    to: Joi.valid(...REPAIR_STATUSES).required(),
    reason: text,
    byCustomer: Joi.boolean(),
    cause: Joi.valid(...REPAIR_MOVE_CAUSES),
  }),
);

export interface RepairEstimateChangedV1 extends RepairEventV1 {
  readonly previousEstimatedCompletionAt?: string;
  /** As `estimatedCompletionDay` of the repair. */
  readonly previousEstimatedCompletionDay?: string;
  /** The status before, when the same change also moved the repair on: RepairStatusChanged is then published too. */
  readonly statusFrom?: RepairStatus;
}
export const RepairEstimateChanged = defineEvent<RepairEstimateChangedV1>(
  'riparo.tickets.repair-estimate-changed.v1',
  'It is expected to be done at another time than before.',
  Joi.object<RepairEstimateChangedV1>({
    ...base,
    previousEstimatedCompletionAt: instant,
    previousEstimatedCompletionDay: day,
    statusFrom: Joi.valid(...REPAIR_STATUSES),
  }),
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
  /** What was left to pay and was waived. */
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
  /** Public text alone: internal notes are never published. */
  readonly body: string;
  readonly byCustomer: boolean;
}
export const RepairReplied = defineEvent<RepairRepliedV1>(
  'riparo.tickets.repair-replied.v1',
  'A public word was added to the timeline of a repair.',
  Joi.object<RepairRepliedV1>({ ...base, activityId: id.required(), body: text.required(), byCustomer: Joi.boolean().required() }),
);
