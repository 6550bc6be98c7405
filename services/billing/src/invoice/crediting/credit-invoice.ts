import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { invoiceNotFound } from '../invoice.errors.js';
import { viewInvoice } from '../invoice.view.js';
import { creditRest } from './decide-credit.js';
import { finishCredits, type CreditDeps } from './finish-credits.js';

export interface CreditBody {
  readonly reason: string;
}
/** As long as a reason on an electronic invoice may be. */
export const creditBody = Joi.object<CreditBody>({ reason: line(200).required() });

/** `POST /invoices/:id/credit`: takes back all that is left of a document. Afterwards another one can be issued. */
export const creditInvoice =
  (deps: CreditDeps) =>
  async ({ caller, params, body: { reason }, ids, now: at }: Call<CreditBody, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId: byUserId } = caller;
    const inTenant = deps.invoices.in(tenantId);
    const id = ids.next();
    const invoice = await inTenant.update(params.id, (state) => creditRest(state, { id, reason, at, byUserId }));
    if (invoice === undefined) throw invoiceNotFound();
    await finishCredits(deps, tenantId, invoice);
    const credit = await inTenant.find(id);
    if (credit === undefined) throw new Error(`the credit note ${id} is missing`);
    return created(`/invoices/${id}`, viewInvoice(caller, credit));
  };
