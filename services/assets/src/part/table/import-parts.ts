import Joi from 'joi';
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
  const apply = async (plan: PartRowPlan, { caller, ids }: ImportCall, currency: string, by: By): Promise<string | undefined> => {
    const ours = parts.in(caller.tenantId);
    if (plan.outcome === 'CREATE') {
      const draft = newPart(ids.next(), plan.fields, currency, plan.active);
      return (await ours.insert(draft, partAdded(caller.userId)).catch(refuseTakenSku(parts, caller.tenantId, plan.fields))).id;
    }
    if (plan.outcome === 'UPDATE') await ours.update(plan.partId, (part) => editPart(part, plan.fields, by));
    return 'partId' in plan ? plan.partId : undefined;
  };

  /** What another has changed meanwhile is this row's fault, not the whole import's. */
  const applyRow = async (plan: PartRowPlan, call: ImportCall, currency: string, by: By) => {
    try {
      const partId = await apply(plan, call, currency, by);
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
    const done = [];
    for (const plan of plans) done.push(await applyRow(plan, call, currency, by));
    return ok({ dryRun: false, ...summaryOf(done), rows: done });
  };
};
