import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { dayAfter } from '../../centre.js';
import { findVisible, refuseStale } from '../quote.access.js';
import { quoteInForce, quoteNotFound } from '../quote.errors.js';
import type { ContentEdit } from '../quote.schema.js';
import { viewQuote } from '../quote.view.js';
import { formFaults, partFaults } from './check-content.js';
import { findQuotable, type DraftDeps } from './create-quote.js';
import { editQuote as edited } from './decide-draft.js';

/** `PUT /quotes/:id`: edits the draft, or begins the next version. */
export const editQuote =
  (deps: DraftDeps) =>
  async ({ caller, params: { id }, body: edit, ifMatch, now }: Call<ContentEdit, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const inTenant = deps.quotes.in(tenantId);
    const found = await findVisible(deps, caller, id);
    const { refusalFee: agreedFee } = await findQuotable(deps, caller, found);
    const faults = [
      ...(await partFaults(deps.replicas, tenantId, edit.lines ?? [])),
      ...(await formFaults(deps.replicas, tenantId, found.customerId, edit)),
    ];
    const rules = { today: dayAfter(now, await deps.centreOf(tenantId)), agreedFee };
    try {
      const quote = await inTenant.update(id, (before) => {
        refuseStale(caller, ifMatch, before);
        return edited(before, { edit, rules, faults, now, userId });
      });
      if (quote === undefined) throw quoteNotFound();
      return ok(viewQuote(caller, quote, now));
    } catch (error) {
      // A quote that was declined, withdrawn or has expired comes into force again, unless another one has.
      if (!(error instanceof DuplicateKeyError)) throw error;
      throw quoteInForce(await inTenant.findOne({ inForceFor: found.repairId ?? found.ticketId ?? '' }));
    }
  };
