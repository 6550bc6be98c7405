import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { WorkDeps } from '../appointment/work.js';
import { repairNotFound } from '../repair/repair.errors.js';
import { published as publishedRepair } from '../repair/published-repair.js';
import { ticketNotFound } from '../ticket/ticket.errors.js';
import { withMerged } from '../ticket/merge/with-merged.js';
import { published as publishedTicket } from '../ticket/ticket.js';
import { workReportNotFound } from '../work-report/work-report.errors.js';
import { published as publishedWorkReport } from '../work-report/published-report.js';
import type { WorkReports } from '../work-report/work-report.repository.js';

interface Query {
  readonly tenantId: string;
}

/** Service tokens carry no tenant, so the asking service names it. */
export const getOneInput = { query: Joi.object<Query>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) }) };

type OneCall = PublicCall<unknown, Query, { id: string }>;

/** A repair as events carry it, with its version, so that the asking service can keep it as it keeps what events bring. */
export const getRepairInternally =
  ({ repairs }: Pick<WorkDeps, 'repairs'>) =>
  async ({ query: { tenantId }, params: { id } }: OneCall): Promise<Reply> => {
    const repair = await repairs.in(tenantId).find(id);
    if (repair === undefined) throw repairNotFound();
    return ok({ ...publishedRepair(repair), version: repair.version });
  };

/** A ticket as events carry it, likewise. */
export const getTicketInternally =
  ({ tickets }: Pick<WorkDeps, 'tickets'>) =>
  async ({ query: { tenantId }, params: { id } }: OneCall): Promise<Reply> => {
    const ticket = await tickets.in(tenantId).find(id);
    if (ticket === undefined) throw ticketNotFound();
    return ok({ ...publishedTicket(ticket), version: ticket.version });
  };

/** A work report as events carry it, likewise. */
export const getWorkReportInternally =
  ({ workReports }: { readonly workReports: WorkReports }) =>
  async ({ query: { tenantId }, params: { id } }: OneCall): Promise<Reply> => {
    const report = await workReports.in(tenantId).find(id);
    if (report === undefined) throw workReportNotFound();
    return ok({ ...publishedWorkReport(report), version: report.version });
  };

/** More reports of one ticket than anybody writes. */
const MAX_REPORTS = 500;

/** The work reports of a ticket and of what was merged into it, as events carry them, the oldest first, for whoever charges them. */
export const listWorkReportsInternally =
  ({ tickets, workReports }: Pick<WorkDeps, 'tickets'> & { readonly workReports: WorkReports }) =>
  async ({ query: { tenantId }, params: { id } }: OneCall): Promise<Reply> => {
    const ticket = await tickets.in(tenantId).find(id);
    if (ticket === undefined) throw ticketNotFound();
    const about = await withMerged(tickets, tenantId, ticket);
    const filter = { 'subject.id': { $in: [...about] } };
    const found = await workReports.in(tenantId).list(filter, { sort: { startedAt: 1, id: 1 }, limit: MAX_REPORTS });
    return ok(found.map(publishedWorkReport));
  };
