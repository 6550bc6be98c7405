import type { Platform } from '@riparo/shared/composition/platform';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { Replicas } from '../replica/replicas.js';
import { createPrepareProof, createProofs } from './announced/proof-files.js';
import { createBookPayment } from './deciding/book-payment.js';
import { createSendBack } from './deciding/send-back.js';
import { createFindRepair } from './find-repair.js';
import { createContinueRefund } from './online/refund-online.js';
import { createCheckRefund } from './online/check-refund.js';
import { createCheckSession } from './online/check-session.js';
import type { StripeConfig } from './online/stripe-client.js';
import { createStripeProvider } from './online/stripe-provider.js';
import { createIncomingPayments, createPayers, createProviderCalls } from './payment.repository.js';

interface Below {
  readonly replicas: Replicas;
  readonly tickets: InternalClient;
}

/** Creates the stores of payments, the provider, and the functions that carry a promise out. */
export const createPaymentDependencies = (platform: Platform, config: StripeConfig, { replicas, tickets }: Below) => {
  const { clock, log } = platform;
  const [payments, providerCalls, payers] = [createIncomingPayments(platform), createProviderCalls(platform), createPayers(platform)];
  const proofs = createProofs(platform);
  const duePayments = createAcrossTenants(platform, 'incoming_payments', [momentIndex('clockAt')]);
  const provider = createStripeProvider(config, { clock, log });
  const bookPayment = createBookPayment({ payments, tickets, clock });
  const continueRefund = createContinueRefund({ payments, provider, tickets, clock, log });
  return {
    payments,
    providerCalls,
    payers,
    duePayments,
    proofs,
    prepareProof: createPrepareProof(),
    provider,
    bookPayment,
    findRepair: createFindRepair(replicas, tickets),
    sendBack: createSendBack({ payments, provider, clock }),
    checkSession: createCheckSession({ payments, provider, bookPayment, clock }),
    continueRefund,
    checkRefund: createCheckRefund({ payments, provider, continueRefund, clock }),
    paymentStores: [payments, providerCalls, payers, duePayments, proofs],
  };
};
