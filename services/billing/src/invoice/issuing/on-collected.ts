import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { chargedFor } from './charge.js';
import { issueFor, type IssueDeps } from './issue-invoice.js';

/** With the device the customer gets a document, unless one was issued before or nothing is charged. */
export const onCollected =
  (deps: IssueDeps): EventHandler<RepairEventV1> =>
  async ({ id: eventId, tenantid, aggregateversion, data: { repair, at } }) => {
    if (repair.outcome === undefined || chargedFor(repair) === 0) return;
    const inTenant = deps.invoices.in(tenantid);
    // The event may come again long after an administrator took the document back: it issues one document only.
    const id = seededIds(eventId, new Date(at)).next();
    if ((await inTenant.find(id)) !== undefined || (await inTenant.findOne({ inForceFor: repair.id })) !== undefined) return;
    // The copy may be newer than the event.
    const known = await deps.replicas.repairs.in(tenantid).find(repair.id);
    const newest = known !== undefined && known.version > aggregateversion ? known : { ...repair, version: aggregateversion };
    if (chargedFor(newest) === 0) return;
    try {
      await issueFor(deps, tenantid, { repair: newest }, { id, at: deps.clock.now() });
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVOICE_IN_FORCE') throw error;
    }
  };
