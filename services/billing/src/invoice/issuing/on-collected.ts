import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { RepairAbandoned } from '@riparo/shared/contracts/repair-money.events';
import { RepairCollected, type RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { compact } from '@riparo/shared/json/compact';
import { creditRest } from '../crediting/decide-credit.js';
import { finishCredits } from '../crediting/finish-credits.js';
import { restOf, type Invoice } from '../invoice.js';
import { chargedFor } from './charge.js';
import { replacedReason } from './words.js';
import { issueFor, type IssueDeps } from './issue-invoice.js';

/** More documents than anybody issues for one repair. */
const MOST = 100;

/**
 * Whether a document is due now: the device is handed back, or given up after something was paid. Where nobody has paid for a
 * device that was given up, an invoice would make VAT due on money that may never come; the desk can issue one by hand.
 */
export const endsWithDocument = ({ type, data: { repair } }: EventEnvelope<RepairEventV1>): boolean =>
  type === RepairCollected.type || (type === RepairAbandoned.type && repair.amountPaid.amount > 0);

/** With the device the customer gets a document, unless one was issued before or nothing is charged. */
export const onCollected =
  (deps: IssueDeps): EventHandler<RepairEventV1> =>
  async ({ id: eventId, tenantid, aggregateversion, data: { repair, at } }) => {
    if (repair.outcome === undefined || chargedFor(repair) === 0) return;
    const inTenant = deps.invoices.in(tenantid);
    // The event may come again long after an administrator took the document back: it issues one document only.
    const ids = seededIds(eventId, new Date(at));
    const [id, creditId] = [ids.next(), ids.next()];
    if ((await inTenant.find(id)) !== undefined) return;
    const earlier = await inTenant.list({ repairId: repair.id, workVersion: { $gte: aggregateversion } }, { sort: { id: 1 }, limit: MOST });
    const isReplaced = ({ creditNotes = [] }: Invoice): boolean => creditNotes.some((note) => note.id === creditId);
    if (earlier.some((invoice) => invoice.inForceFor === undefined && !isReplaced(invoice))) return;
    // The copy may be newer than the event.
    const known = await deps.replicas.repairs.in(tenantid).find(repair.id);
    const newest = known !== undefined && known.version > aggregateversion ? known : { ...repair, version: aggregateversion };
    if (chargedFor(newest) === 0) return;
    const inForce = await inTenant.findOne({ inForceFor: repair.id });
    if (inForce !== undefined && restOf(inForce) >= chargedFor(newest)) return;
    const now = deps.clock.now();
    if (inForce !== undefined) {
      // Storage came on top after the issue: one document of the whole charge takes the place of the first.
      const reason = replacedReason(inForce.content.language);
      const credited = await inTenant.update(inForce.id, (state) => creditRest(state, { id: creditId, reason, at: now }));
      if (credited !== undefined) await finishCredits(deps, tenantid, credited);
    }
    const replaced = inForce ?? earlier.find(isReplaced);
    const kind = replaced?.content.kind === 'INVOICE' || replaced?.content.kind === 'RECEIPT' ? replaced.content.kind : undefined;
    try {
      await issueFor(deps, tenantid, { repair: newest }, compact({ id, at: now, kind }));
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVOICE_IN_FORCE') throw error;
    }
  };
