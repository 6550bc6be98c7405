import type { Platform } from '@riparo/shared/composition/platform';
import { compact } from '@riparo/shared/json/compact';
import { createRefreshDerived, type RefreshDerived } from '@riparo/shared/persistence/refresh-derived';
import { customerWords, ticketSearchWords } from '../kernel/customer-and-device.js';
import { numberWords } from '../kernel/number-words.js';
import { repairWords } from '../repair/intake/decide-open.js';
import { withDerived, type RepairState } from '../repair/repair.js';
import type { Replicas } from '../replica/replicas.js';
import { cannedReplyWords, type CannedReply } from '../ticket/canned-reply/canned-reply.js';
import type { TicketState } from '../ticket/ticket.js';

/** Renews the words of one ticket, repair or canned reply; nobody has changed it, so its version stays. */
export interface RefreshWords {
  readonly tickets: RefreshDerived<TicketState>;
  readonly repairs: RefreshDerived<RepairState>;
  readonly cannedReplies: RefreshDerived<CannedReply>;
}

const leaveOut = ['activities'];

const refreshTicketWords = (platform: Platform, replicas: Replicas): RefreshDerived<TicketState> =>
  createRefreshDerived<TicketState>(platform, {
    collection: 'tickets',
    leaveOut,
    derive: async (tenantId, { customerId, assetId }) => {
      const [customer, asset] = await Promise.all([
        replicas.customers.find(tenantId, customerId),
        assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
      ]);
      return (now) =>
        now.assetId === assetId ? { words: [...numberWords(now.ticketNumber), ...ticketSearchWords(now, customer, asset)] } : undefined;
    },
  });

/** Goes up when `flagsOf` has another flag, or one of them says something else. */
export const FLAG_SCHEME = 1;

/** What lists find by an index of few. */
const flagsOf = (repair: RepairState): Partial<RepairState> => {
  const { overpaid, abandonRequested } = withDerived(repair);
  return compact({ overpaid, abandonRequested });
};

/**
 * The device on a sheet has its own description, so only the customer's name is looked up. Flags come with the words: repairs that are
 * over never change again.
 */
const refreshRepairWords = (platform: Platform, replicas: Replicas): RefreshDerived<RepairState> =>
  createRefreshDerived<RepairState>(platform, {
    collection: 'repairs',
    leaveOut,
    derive: async (tenantId, { customerId }) => {
      const customer = await replicas.customers.find(tenantId, customerId);
      return (now) => ({ words: repairWords(now, customerWords(customer)), ...flagsOf(now) });
    },
  });

export const createRefreshWords = (platform: Platform, replicas: Replicas): RefreshWords => ({
  tickets: refreshTicketWords(platform, replicas),
  repairs: refreshRepairWords(platform, replicas),
  cannedReplies: createRefreshDerived<CannedReply>(platform, {
    collection: 'canned_replies',
    derive: () => Promise.resolve((now) => ({ words: cannedReplyWords(now) })),
  }),
});
