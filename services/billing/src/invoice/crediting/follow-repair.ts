import { seededIds } from '@riparo/shared/runtime/ids';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Replicas } from '../../replica/replicas.js';
import type { Invoice } from '../invoice.js';
import { followRepair } from './decide-credit.js';
import { finishCredits, type CreditDeps } from './finish-credits.js';

/** Brings the document in force for a repair in line with the copy of the repair; `undefined`: there is none in force. */
export type FollowInvoice = (tenantId: string, repairId: string) => Promise<Invoice | undefined>;

export const createFollowInvoice =
  (deps: CreditDeps & { readonly replicas: Pick<Replicas, 'repairs'>; readonly clock: Clock }): FollowInvoice =>
  async (tenantId, repairId) => {
    const inTenant = deps.invoices.in(tenantId);
    const found = await inTenant.findOne({ inForceFor: repairId });
    const repair = found && (await deps.replicas.repairs.in(tenantId).find(repairId));
    if (found === undefined || repair === undefined) return found;
    const at = deps.clock.now();
    // Two instances that follow the same change promise the same credit note.
    const id = seededIds(`${found.id}#${repair.version}`, found.issuedAt).next();
    const after = await inTenant.update(found.id, (invoice) => followRepair(invoice, repair, { id, at }));
    return after && finishCredits(deps, tenantId, after);
  };
