import { INCOMING_PAYMENT_METHODS, INCOMING_PAYMENT_STATUSES } from '@riparo/shared/contracts/incoming-payments.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { DOUBTS, REFUND_STATES } from './payment.js';

const refund = fields({
  id: id(),
  amount: money(),
  reason: text(),
  at: moment(),
  state: oneOf(REFUND_STATES).description(
    'DONE once the repair knows of it; FAILED: the money stayed here. Staff clear UNBOOKED (it has gone, and the repair refuses it) and CAME_BACK.',
  ),
  clearedAt: moment().optional().description('Staff only, like the two below: when an administrator cleared it.'),
  clearedByUserId: id().optional(),
  clearedNote: text().optional(),
});

export const incomingPaymentAnswer = view('IncomingPayment', 'Money that was announced or is paid online, until the repair has it.', {
  id: id().description('Also of the payment of the repair, once it is VERIFIED.'),
  repairId: id(),
  repairNumber: text(),
  customerId: id(),
  method: oneOf(INCOMING_PAYMENT_METHODS),
  amount: money(),
  reference: text().optional().description('What the transfer says.'),
  status: oneOf(INCOMING_PAYMENT_STATUSES).description(
    'STARTED: on the provider’s page. TO_VERIFY: the desk looks at it. VERIFIED: a payment of the repair. LAPSED: the page was left unpaid.',
  ),
  doubt: oneOf(DOUBTS)
    .optional()
    .description(
      'Why online money waits for the desk: another amount came than was asked for, nothing was due any more, or it was rejected and came back.',
    ),
  reason: text().optional().description('Why it was rejected.'),
  hasProof: flag(),
  isBeingDecided: flag().description('A decision is being carried out.'),
  refunds: listOf(refund).description('Online money that went back.'),
  arrivedAt: moment().optional().description('When online money had arrived.'),
  decidedAt: moment().optional(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
  note: text().optional().description('Staff only, like the four below.'),
  startedByUserId: id().optional(),
  decidedByUserId: id().optional(),
  askedAmount: money().optional().description('Where another amount arrived.'),
  transactionId: text().optional().description('The provider’s number.'),
});

export const checkoutAnswer = view('Checkout', 'Where the customer pays.', {
  id: id().description('Of the incoming payment.'),
  amount: money(),
  url: text().description('The provider’s page.'),
});

export const paymentMethodAnswer = view('PaymentMethod', 'A card that the payment provider keeps; its number never comes here.', {
  id: text(),
  brand: text().description('Such as `visa`.'),
  last4: text(),
  expiryMonth: count(),
  expiryYear: count(),
  isDefault: flag(),
});

export const setupAnswer = view('PaymentMethodSetup', 'Where a card is added.', { url: text().description('The provider’s page.') });
