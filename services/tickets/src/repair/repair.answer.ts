import { ASSET_CATEGORIES, PAYMENT_METHODS, REPAIR_OUTCOMES, REPAIR_SOURCES, REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { QUOTE_STATUSES } from '@riparo/shared/contracts/quotes.events';
import { RESERVATION_CHARGES } from '@riparo/shared/contracts/parts.events';
import { REFUND_KINDS } from '@riparo/shared/contracts/repair-money.events';
import { UNUSED_PARTS } from '@riparo/shared/contracts/repair-outcome';
import { priceLineAnswer } from '@riparo/shared/http/reference/price-lines.answer';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, flag, id, moment, money, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { repairActivityAnswer } from '../conversation/timeline.answer.js';
import { preferredFields, shownAppointmentAnswer } from '../kernel/appointment.answer.js';
import { abandonedAnswer, abandonmentAnswer, nextStepAnswer, pickupAnswer } from './pickup/pickup.answer.js';
import { documentsAnswer } from './documents.js';
import { shownAsset, wholeAsset, wholeLocation } from '../kernel/asset.answer.js';

export const deviceFields = {
  category: oneOf(ASSET_CATEGORIES),
  brand: text(),
  model: text(),
  serialNumber: text(),
  purchaseDate: calendarDay().optional(),
  warrantyEndDate: calendarDay().optional().description('The last day covered.'),
  accessories: listOf(text()).optional().description('What the customer left with it.'),
  condition: text().optional().description('Visible damage at the intake.'),
};
const device = view('RepairDevice', 'The device as the sheet describes it.', deviceFields);

const outcome = view('RepairOutcome', 'How the work ended.', {
  type: oneOf(REPAIR_OUTCOMES),
  description: text().description('What was done, or why the repair was refused.'),
  amount: money().description('What the customer is charged, VAT included.'),
  lines: listOf(priceLineAnswer).optional().description('What the amount consists of, where the technician gave lines.'),
  parts: listOf(
    fields({
      reservationId: id(),
      partId: id(),
      name: text().optional(),
      used: count().description('Pieces built in.'),
      unused: oneOf(UNUSED_PARTS).optional().description('What became of the others.'),
      charge: oneOf(RESERVATION_CHARGES).optional().description('Who paid for them.'),
      warrantyMonths: count().optional().description('Of the part; missing: what the settings say.'),
    }),
  )
    .optional()
    .description('Staff only: what became of the pieces that were reserved.'),
  productionCost: money().optional().description('Staff only: what it cost the centre.'),
  labourMinutes: count().optional().description('Staff only.'),
  notCoveredReason: text().optional().description('Why the warranty does not cover the damage.'),
  decidedAt: moment(),
  decidedByUserId: id().optional().description('Staff only.'),
});

const shownQuote = view('RepairQuote', 'The newest quote for the repair.', {
  id: id(),
  number: text().description('Such as `QUO-2026-000001`.'),
  quoteVersion: count(),
  status: oneOf(QUOTE_STATUSES),
  total: money(),
  maximum: money().optional().description('The most that may be charged, where the total is an estimate.'),
  validUntil: calendarDay().description('The last day on which it can be accepted.'),
});

const awaitedPart = view('AwaitedPart', 'Pieces that the repair waits for.', {
  name: text(),
  quantity: count(),
  expectedOn: calendarDay().optional().description('The day of delivery, where an order names one.'),
});

const payment = view('RepairPayment', 'A payment, or with a negative amount a refund.', {
  id: id(),
  method: oneOf(PAYMENT_METHODS),
  amount: money(),
  reference: text().optional().description('Number of a card slip or a bank transfer.'),
  refund: fields({
    kind: oneOf(REFUND_KINDS).description(
      'REDUCTION: you pay less in all. CORRECTION: the payment was entered wrongly. OVERPAYMENT: it was more than is charged.',
    ),
    reason: text(),
  })
    .optional()
    .description('Missing: it is a payment.'),
  at: moment(),
  byUserId: id().optional().description('Staff only.'),
});

const warrantyItem = view('WorkWarrantyItem', 'What the centre answers for, and until when.', {
  kind: oneOf(['LABOUR', 'PART'] as const),
  partId: id().optional().description('Of a PART.'),
  description: text(),
  until: calendarDay().description('The last day covered.'),
});

const claim = {
  repairId: id().description('The first repair: a claim because of a claim refers to it too.'),
  number: text(),
  items: listOf(warrantyItem).description('What was covered on the day of the intake.'),
};

const waiver = view('PaymentWaiver', 'What the desk let the customer off.', {
  amount: money(),
  reason: text(),
  at: moment(),
  byUserId: id(),
});

const statusFields = {
  status: oneOf(REPAIR_STATUSES),
  statusName: text().description('The status in words, in English.'),
  estimatedCompletionAt: moment().optional(),
  estimatedCompletionDay: calendarDay()
    .optional()
    .description('Where a whole day is promised; `estimatedCompletionAt` is when its working hours end.'),
  readyAt: moment().optional().description('When the device could first be collected.'),
  collectedAt: moment().optional(),
};

const listedFields = {
  id: id(),
  number: text().description('Such as `REP-2026-000001`.'),
  customerId: id(),
  customer: named(),
  assetId: id().optional().description('The registered device. Missing: the device is on the sheet alone.'),
  asset: shownAsset().optional(),
  locationId: id().optional(),
  device,
  problemDescription: text(),
  notes: text().optional().description('Further remarks from the intake; the customer reads them too.'),
  source: oneOf(REPAIR_SOURCES),
  preferredAppointmentAt: moment().optional(),
  preferredAppointmentDay: calendarDay()
    .optional()
    .description('Where a whole day is preferred; `preferredAppointmentAt` is when it begins.'),
  ...statusFields,
  underWarranty: flag().description('On the day of the intake.'),
  warrantyClaimOf: fields(claim).optional().description("The repair whose work failed: a claim under the centre's own warranty."),
  workWarranty: listOf(warrantyItem).optional().description('From collection on.'),
  createdByUserId: id(),
  assignedToUserId: id().optional(),
  assignedTo: named().optional(),
  outcome: outcome.optional(),
  refusalFee: money().optional().description('What is to be paid when the repair is not done after all, as agreed at the intake.'),
  quote: shownQuote.optional(),
  awaitedParts: listOf(awaitedPart),
  extraLines: listOf(priceLineAnswer).optional().description("What came to the outcome's lines afterwards: storage."),
  pickup: pickupAnswer.optional().description('Missing in repairs of earlier versions.'),
  abandoned: abandonedAnswer.optional().description('Nobody collected the device, and it was given up. Customers read when.'),
  abandonment: abandonmentAnswer.optional().description('Staff only: somebody asked to give the device up.'),
  documents: documentsAnswer,
  amountDue: money().description('What the customer pays in all; 0 until the work has ended.'),
  amountPaid: money().description('Payments without what was given back; deposits are among them.'),
  amountLeft: money(),
  amountWaived: money().description('What the desk let the customer off.'),
  amountOverpaid: money().description('What is to be given back before the device is.'),
  payments: listOf(payment),
  paidAt: moment().optional().description('When nothing was left to pay.'),
  waived: flag(),
  collectedBy: text().optional().description('Who collected the device.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
  waiver: waiver.optional().description('Staff only.'),
  contactUserId: id().optional().description('Staff only: whom mails go to. Missing: to the contact address of the customer.'),
  hasDevicePassword: flag().optional().description('Staff only.'),
};

const repairFields = {
  ...listedFields,
  allowedTransitions: listOf(oneOf(REPAIR_STATUSES)).description('The statuses that you may bring about next.'),
};

export const listedRepairAnswer = view('ListedRepair', 'A repair as lists show it.', {
  ...listedFields,
  nextStep: nextStepAnswer
    .optional()
    .description(
      'With `uncollected`: what comes next. WAIT: until the device may be given up. CONTACT: the last mail did not arrive, or has not gone yet, so somebody has to write or call.',
    ),
});
export const repairAnswer = view('Repair', 'The sheet of a device from intake to collection.', repairFields);

const claimableWarranties = listOf(fields(claim))
  .optional()
  .description('Staff only, while there is work to do: repairs of the device that this one can be a claim of, where there are any.');

export const openedRepairAnswer = view('OpenedRepair', 'A new repair, and what came of the preferred time.', {
  ...repairFields,
  claimableWarranties,
  ...preferredFields,
});

export const repairDetailsAnswer = view('RepairDetails', 'A repair with the newest 200 entries of its timeline.', {
  ...repairFields,
  asset: wholeAsset.optional(),
  location: wholeLocation.optional(),
  claimableWarranties,
  appointment: shownAppointmentAnswer.optional(),
  activities: listOf(repairActivityAnswer),
  activityCount: count().description('All entries that you may read.'),
});

export const repairStatusAnswer = view('RepairStatus', 'How far a repair is.', {
  id: id(),
  number: text(),
  ...statusFields,
  updatedAt: moment(),
  appointment: shownAppointmentAnswer.optional(),
});

export const publicRepairStatusAnswer = view('PublicRepairStatus', 'How far a repair is, for whoever holds its receipt.', {
  number: text(),
  device: fields({ brand: text(), model: text() }),
  ...statusFields,
});

export const revealedPasswordAnswer = view('RevealedDevicePassword', 'The device password.', { devicePassword: text() });

export const paymentLinkAnswer = view('PaymentLink', 'Where the customer pays without signing in.', {
  url: text().description('Of the page; whoever has it sees what is due and can pay.'),
  expiresAt: moment(),
});
