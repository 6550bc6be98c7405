import type { ExportedAsset, ExportedPart, ExportedStockMovement } from '@riparo/shared/contracts/exported-assets';
import type { ExportedCustomer, ExportedSettings, ExportedUser } from '@riparo/shared/contracts/exported-auth';
import type { ExportedInvoice, ExportedQuote } from '@riparo/shared/contracts/exported-billing';
import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import type { ExportedWorkReport } from '@riparo/shared/contracts/exported-work-reports';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { pageFrom, type RestorePage } from '@riparo/shared/rebuild/run-rebuilds';
import type { MakeAnew } from '../counting/make-anew.js';
import { toAsset } from '../equipment/asset.js';
import { toFindings } from '../equipment/malfunction.js';
import { outcomesOfExported } from '../outcome/exported-outcomes.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { restorePayments } from '../replica/cash-movement.js';
import { toConsumption } from '../replica/consumption.js';
import { toCustomer } from '../replica/customer.js';
import { toDocument } from '../replica/document.js';
import { toPart } from '../replica/part.js';
import { toQuoteVersions } from '../replica/quote-version.js';
import { toRepair } from '../replica/repair.js';
import type { Replicas } from '../replica/replicas.js';
import { toTicket } from '../replica/ticket.js';
import type { RebuildPhase } from './rebuild.js';

/** The services that are asked for everything they have. */
export interface Owners {
  readonly auth: InternalClient;
  readonly assets: InternalClient;
  readonly billing: InternalClient;
  readonly tickets: InternalClient;
}

export interface PhaseDeps extends Replicas {
  readonly outcomes: OutcomeStore;
  readonly makeAnew: MakeAnew;
  readonly owners: Owners;
}

type Phases<P extends RebuildPhase> = Readonly<Record<P, RestorePage>>;

const peoplePhases = ({ users, customers, settings, owners: { auth } }: PhaseDeps): Phases<'SETTINGS' | 'USERS' | 'CUSTOMERS'> => ({
  SETTINGS: pageFrom<ExportedSettings>(auth, {
    path: '/internal/settings',
    idOf: ({ id }) => id,
    restore: (tenantId, { id, version, settings: told }) => settings.in(tenantId).restore(id, version, told),
  }),
  USERS: pageFrom<ExportedUser>(auth, {
    path: '/internal/users',
    idOf: ({ user }) => user.id,
    restore: (tenantId, { user, version }) => users.in(tenantId).restore(user.id, version, user),
  }),
  CUSTOMERS: pageFrom<ExportedCustomer>(auth, {
    path: '/internal/customers',
    idOf: ({ customer }) => customer.id,
    restore: (tenantId, { customer, version }) => customers.in(tenantId).restore(customer.id, version, toCustomer(customer)),
  }),
});

const stockPhases = ({ assets, parts, consumptions, owners }: PhaseDeps): Phases<'ASSETS' | 'PARTS' | 'STOCK_MOVEMENTS'> => ({
  ASSETS: pageFrom<ExportedAsset>(owners.assets, {
    path: '/internal/assets',
    idOf: ({ asset }) => asset.id,
    restore: (tenantId, { asset, version }) => assets.in(tenantId).restore(asset.id, version, toAsset(asset)),
  }),
  PARTS: pageFrom<ExportedPart>(owners.assets, {
    path: '/internal/parts',
    idOf: ({ part }) => part.id,
    restore: (tenantId, { part, version }) => parts.in(tenantId).restore(part.id, version, toPart(part)),
  }),
  STOCK_MOVEMENTS: pageFrom<ExportedStockMovement>(owners.assets, {
    path: '/internal/stock-movements',
    idOf: ({ movement }) => movement.id,
    restore: async (tenantId, told) => {
      const consumption = toConsumption(told);
      if (consumption !== undefined) await consumptions.in(tenantId).restore(told.movement.id, 1, consumption);
    },
  }),
});

type WorkPhase = 'TICKETS' | 'REPAIRS' | 'WORK_REPORTS';
const workPhases = ({ tickets, repairs, cashMovements, workFindings, outcomes, owners }: PhaseDeps): Phases<WorkPhase> => ({
  TICKETS: pageFrom<ExportedTicket>(owners.tickets, {
    path: '/internal/tickets',
    idOf: ({ ticket }) => ticket.id,
    restore: async (tenantId, exported, wrongBefore) => {
      const { ticket, version } = exported;
      await outcomes.restore(tenantId, ticket.id, outcomesOfExported(exported), wrongBefore);
      // Last, because it marks the ticket as not counted, with what came out of it.
      await tickets.in(tenantId).restore(ticket.id, version, toTicket(ticket));
    },
  }),
  REPAIRS: pageFrom<ExportedRepair>(owners.tickets, {
    path: '/internal/repairs',
    idOf: ({ repair }) => repair.id,
    restore: async (tenantId, { repair, version }) => {
      await repairs.in(tenantId).restore(repair.id, version, toRepair(repair));
      await restorePayments(cashMovements, tenantId, repair.payments ?? []);
    },
  }),
  WORK_REPORTS: pageFrom<ExportedWorkReport>(owners.tickets, {
    path: '/internal/work-reports',
    idOf: ({ workReport }) => workReport.id,
    restore: async (tenantId, { workReport, version }) => {
      const { id, status, approval } = workReport;
      if (status === 'APPROVED' && approval !== undefined)
        await workFindings.in(tenantId).restore(id, version, toFindings(workReport, approval.at));
    },
  }),
});

const billingPhases = ({ quoteVersions, documents, cashMovements, owners: { billing } }: PhaseDeps): Phases<'QUOTES' | 'INVOICES'> => ({
  QUOTES: pageFrom<ExportedQuote>(billing, {
    path: '/internal/quotes',
    idOf: ({ id }) => id,
    restore: async (tenantId, { version, quote }) => {
      for (const [id, copy] of quote === undefined ? [] : toQuoteVersions(quote))
        await quoteVersions.in(tenantId).restore(id, version, copy);
    },
  }),
  INVOICES: pageFrom<ExportedInvoice>(billing, {
    path: '/internal/invoices',
    idOf: ({ invoice }) => invoice.id,
    restore: async (tenantId, { invoice, version, payments }) => {
      await documents.in(tenantId).restore(invoice.id, version, toDocument(invoice));
      await restorePayments(cashMovements, tenantId, payments);
    },
  }),
});

/** How each kind of thing is made anew; `collections.ts` says what of. */
export const createPhases = (deps: PhaseDeps): Phases<RebuildPhase> => ({
  ...peoplePhases(deps),
  ...stockPhases(deps),
  ...workPhases(deps),
  ...billingPhases(deps),
  SHEETS: ({ tenantId, after }) => deps.makeAnew(tenantId, after),
});
