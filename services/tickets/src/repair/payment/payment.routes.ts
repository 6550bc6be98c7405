import { action, type Route } from '@riparo/shared/http/route';
import type { RepairDeps } from '../dependencies.js';
import { REPAIR_OPERATIONS } from '../repair.reference.js';
import { bookPaymentInput, bookPaymentInternally, bookRefundInput, bookRefundInternally } from './book-internally.js';
import { makePaymentLink } from './make-payment-link.js';
import { payRepair, payRepairBody } from './pay-repair.js';
import { refundRepair, refundRepairBody } from './refund-repair.js';
import { waivePayment, waivePaymentBody } from './waive-payment.js';

/** For billing, which has seen money come or go. */
const bookingRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/internal/repairs/:id/payments',
    'internal',
    'Makes money that has come a payment of the repair, once for each id.',
    bookPaymentInput,
    bookPaymentInternally(deps),
    { root: true },
  ),
  action(
    '/internal/repairs/:id/refunds',
    'internal',
    'Records money that the provider has given back, once for each id.',
    bookRefundInput,
    bookRefundInternally(deps),
    { root: true },
  ),
];

/** What was paid and given back. */
export const paymentRoutes = (deps: RepairDeps): readonly Route[] => [
  action(
    '/repairs/:id/payment',
    'collect:repairs',
    'Records a payment of all or part of what is left to pay, or a deposit while the work goes on.',
    { body: payRepairBody },
    payRepair(deps),
    { ...REPAIR_OPERATIONS.payRepair, creates: true },
  ),
  action(
    '/repairs/:id/waive',
    'collect:repairs',
    'Waives what is left to pay.',
    { body: waivePaymentBody },
    waivePayment(deps),
    REPAIR_OPERATIONS.waiveRepairPayment,
  ),
  action(
    '/repairs/:id/refund',
    'refund:repairs',
    'Gives money back to the customer; never more than was paid.',
    { body: refundRepairBody },
    refundRepair(deps),
    { ...REPAIR_OPERATIONS.refundRepair, creates: true },
  ),
  action(
    '/repairs/:id/payment-link',
    'pay:repairs',
    'Makes a link to a page on which the customer pays without signing in.',
    {},
    makePaymentLink(deps),
    REPAIR_OPERATIONS.makePaymentLink,
  ),
  ...bookingRoutes(deps),
];
