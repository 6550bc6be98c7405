import Joi from 'joi';
import { createLimiter } from '@riparo/shared/concurrency/limiter';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { fold } from '@riparo/shared/text/fold';
import { DONE, forecastOf, summaryOf } from '../../import/row-outcomes.js';
import { refuseTakenSku } from '../add-part.js';
import { editPart, newPart, partAdded } from '../catalogue.js';
import type { Part } from '../part.js';
import type { By } from '../stock/stock-change.js';
import type { TenantCurrency } from '../tenant-currency.js';
import { readParts } from './part-table.js';
import { planPartImport, type PartRowPlan } from './plan-part-import.js';

interface ImportParts {
  /** The table, with a row of names. */
  readonly csv: string;
}
interface Query {
  /** `true` (the default) reports what would happen and does nothing. */
  readonly dryRun: boolean;
}
export const importPartsInput = {
  body: Joi.object<ImportParts>({ csv: Joi.string().max(1_000_000).required() }),
  query: Joi.object<Query>({ dryRun: Joi.boolean().truthy('').default(true) }),
};

/** Rows name different parts, so they need not wait for each other; others have their turn in between. */
const ROWS_AT_ONCE = 16;

interface Deps {
  readonly parts: Repository<Part>;
  readonly tenantCurrency: TenantCurrency;
}
type ImportCall = Call<ImportParts, Query>;

/**
 * By SKU: a part that is not there is added, one that is there gets what its row says. A table that is imported again, or after
 * an interruption, changes nothing twice. Rows with faults are told and left out.
 */
export const importParts = ({ parts, tenantCurrency }: Deps) => {
  const apply = async (plan: PartRowPlan, id: string, { caller }: ImportCall, currency: string, by: By): Promise<string | undefined> => {
    const ours = parts.in(caller.tenantId);
    if (plan.outcome === 'CREATE') {
      const draft = newPart(id, plan.fields, currency, plan.active);
      return (await ours.insert(draft, partAdded(caller.userId)).catch(refuseTakenSku(parts, caller.tenantId, plan.fields))).id;
    }
    if (plan.outcome === 'UPDATE') await ours.update(plan.partId, (part) => editPart(part, plan.fields, by));
    return 'partId' in plan ? plan.partId : undefined;
  };

  /** What another has changed meanwhile is this row's fault, not the whole import's. */
  const applyRow = async (plan: PartRowPlan, id: string, call: ImportCall, currency: string, by: By) => {
    try {
      const partId = await apply(plan, id, call, currency, by);
      return { row: plan.row, outcome: DONE[plan.outcome], partId, errors: plan.outcome === 'INVALID' ? plan.errors : undefined };
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      return { row: plan.row, outcome: DONE.INVALID, errors: error.details.errors ?? [{ path: '', message: error.message }] };
    }
  };

  return async (call: ImportCall): Promise<Reply> => {
    const { caller, body, query, now } = call;
    const rows = readParts(body.csv);
    const by = { at: now, userId: caller.userId };
    const skuKeys = rows.map(({ cells }) => fold(cells.sku ?? ''));
    const [currency, found] = await Promise.all([
      tenantCurrency(caller.tenantId),
      parts.in(caller.tenantId).list({ skuKey: { $in: skuKeys } }, { limit: rows.length || 1 }),
    ]);
    const plans = planPartImport(rows, { parts: new Map(found.map((part) => [part.skuKey, part])), currency, by });
    if (query.dryRun) {
      const rowsOf = plans.map((plan) => ({ ...forecastOf(plan), partId: 'partId' in plan ? plan.partId : undefined }));
      return ok({ dryRun: true, ...summaryOf(rowsOf), rows: rowsOf });
    }
    // One for every row, so that a repeated request gives a row the id that it had, whatever was done before it stopped.
    const idsOfRows = plans.map(() => call.ids.next());
    const some = createLimiter(ROWS_AT_ONCE);
    const done = await Promise.all(plans.map((plan, index) => some.run(() => applyRow(plan, idsOfRows[index] ?? '', call, currency, by))));
    return ok({ dryRun: false, ...summaryOf(done), rows: done });
  };
};
