import { langQuery } from '@riparo/shared/http/page';
import { action, create, get, put, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { announcePayment, announcePaymentBody } from './announced/announce-payment.js';
import { addProof, getProof, PROOF_UPLOAD } from './announced/proof.js';
import { rejectPayment, rejectPaymentBody, verifyPayment, verifyPaymentBody } from './deciding/verify-payment.js';
import { getPayment, listPayments, listPaymentsQuery } from './list-payments.js';
import {
  addPaymentMethod,
  chooseDefaultMethod,
  listPaymentMethods,
  paymentMethodParams,
  removePaymentMethod,
} from './method/payment-methods.js';
import { receiveCall, SIGNATURE_HEADER } from './online/receive-call.js';
import { refundPayment, refundPaymentBody } from './online/refund-online.js';
import { clearOnlineRefund, clearRefundBody, clearRefundParams } from './online/clear-refund.js';
import { startCheckout, startCheckoutBody } from './online/start-checkout.js';
import { checkoutOnPage, getPayPage, payPageForm, payPageParams, payPageQuery } from './page/pay-page.js';
import { PAYMENT_OPERATIONS } from './payment.reference.js';

const deskRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/payments',
    'read:payments',
    'Lists announced and online payments: customers theirs, the desk all; `status=TO_VERIFY` is what the desk has to look at.',
    { query: listPaymentsQuery },
    listPayments(deps),
    PAYMENT_OPERATIONS.listPayments,
  ),
  get('/payments/:id', 'read:payments', 'Returns an announced or online payment.', {}, getPayment(deps), PAYMENT_OPERATIONS.getPayment),
  action(
    '/payments/:id/verify',
    'verify:payments',
    'Confirms that the money is there: it becomes a payment of the repair.',
    { body: verifyPaymentBody },
    verifyPayment(deps),
    PAYMENT_OPERATIONS.verifyPayment,
  ),
  action(
    '/payments/:id/reject',
    'verify:payments',
    'Rejects a transfer that did not come; online money goes back to the customer.',
    { body: rejectPaymentBody },
    rejectPayment(deps),
    PAYMENT_OPERATIONS.rejectPayment,
  ),
  action(
    '/payments/:id/refund',
    'refund:repairs',
    'Gives online money back the way it came, and tells the repair.',
    { body: refundPaymentBody },
    refundPayment(deps),
    { ...PAYMENT_OPERATIONS.refundPayment, creates: true },
  ),
  action(
    '/payments/:id/refunds/:refundId/clear',
    'refund:repairs',
    'Ends a refund that the repair refused after the money had gone, or whose money came back.',
    { params: clearRefundParams, body: clearRefundBody },
    clearOnlineRefund(deps),
    PAYMENT_OPERATIONS.clearRefund,
  ),
];

const customerRoutes = (deps: Dependencies): readonly Route[] => [
  create(
    '/payments/announcements',
    'pay:repairs',
    'Announces a bank transfer for a repair; the desk confirms it once the money is there.',
    { body: announcePaymentBody },
    announcePayment(deps),
    PAYMENT_OPERATIONS.announcePayment,
  ),
  action(
    '/payments/:id/proof',
    'pay:repairs',
    'Adds a photo or PDF of the transfer order to an announcement; a second one takes the place of the first.',
    {},
    addProof(deps),
    { ...PAYMENT_OPERATIONS.addPaymentProof, upload: PROOF_UPLOAD },
  ),
  get('/payments/:id/proof', 'read:payments', 'Downloads that file.', {}, getProof(deps), PAYMENT_OPERATIONS.getPaymentProof),
  create(
    '/payments/checkout',
    'pay:repairs',
    'Opens the page of the payment provider for what is left to pay.',
    { body: startCheckoutBody },
    startCheckout(deps),
    PAYMENT_OPERATIONS.startCheckout,
  ),
];

const methodRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/me/payment-methods',
    'write:payment-methods',
    'Lists your saved cards.',
    {},
    listPaymentMethods(deps),
    PAYMENT_OPERATIONS.listPaymentMethods,
  ),
  create(
    '/me/payment-methods',
    'write:payment-methods',
    'Returns the page of the payment provider on which you add a card.',
    {},
    addPaymentMethod(deps),
    { ...PAYMENT_OPERATIONS.addPaymentMethod, replay: false },
  ),
  remove(
    '/me/payment-methods/:id',
    'write:payment-methods',
    'Removes a saved card.',
    { params: paymentMethodParams },
    removePaymentMethod(deps),
    PAYMENT_OPERATIONS.removePaymentMethod,
  ),
  put(
    '/me/payment-methods/:id/default',
    'write:payment-methods',
    'Makes a saved card the first choice.',
    { params: paymentMethodParams },
    chooseDefaultMethod(deps),
    PAYMENT_OPERATIONS.chooseDefaultMethod,
  ),
];

/** For the payment provider, and for people without a login. */
const publicRoutes = (deps: Dependencies): readonly Route[] => [
  action(
    '/payments/stripe/webhook',
    'public',
    'Takes calls of the payment provider, signed with `STRIPE_WEBHOOK_SECRET`.',
    {},
    receiveCall(deps),
    { ...PAYMENT_OPERATIONS.receiveProviderCall, signature: SIGNATURE_HEADER, success: 204 },
  ),
  get(
    '/pay/:token',
    'public',
    'Shows what is left to pay for a repair as a web page; the payment link leads there.',
    { params: payPageParams, query: payPageQuery },
    getPayPage(deps),
    { ...PAYMENT_OPERATIONS.getPaymentPage, page: true },
  ),
  action(
    '/pay/:token/checkout',
    'public',
    'Takes the form of that page and leads to the payment provider.',
    { params: payPageParams, query: langQuery, body: payPageForm },
    checkoutOnPage(deps),
    { ...PAYMENT_OPERATIONS.checkoutOnPage, page: true },
  ),
];

export const paymentRoutes = (deps: Dependencies): readonly Route[] => [
  ...deskRoutes(deps),
  ...customerRoutes(deps),
  ...methodRoutes(deps),
  ...publicRoutes(deps),
];
