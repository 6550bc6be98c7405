import { SettingsChanged, type CustomerEventV1 } from '@riparo/shared/contracts/auth.events';
import { InvoiceIssued, InvoiceUpdated, type InvoiceUpdatedV1 } from '@riparo/shared/contracts/invoices.events';
import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import { WorkReportApproved } from '@riparo/shared/contracts/work-reports.events';
import { StockMoved } from '@riparo/shared/contracts/parts.events';
import {
  assetEvents,
  customerEvents,
  quoteEvents,
  repairAftermathEvents,
  repairEvents,
  repairPaymentEvents,
  ticketEvents,
  userEvents,
} from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import { alongside } from './alongside.js';
import type { Dependencies } from './dependencies.js';
import { toFindings } from './equipment/malfunction.js';
import { toAsset } from './equipment/asset.js';
import { knowledgeSubscriptions } from './knowledge/knowledge.subscriptions.js';
import { onTicket } from './outcome/on-ticket.js';
import { onInvoicePaid, onMoney } from './replica/cash-movement.js';
import { toConsumption } from './replica/consumption.js';
import { toCustomer } from './replica/customer.js';
import { onQuote } from './replica/on-quote.js';
import { toDocument } from './replica/document.js';
import { toPart } from './replica/part.js';
import { toRepair } from './replica/repair.js';

/** Events that copies and reports follow. */
const followed = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(
    userEvents,
    follow(deps.users, ({ user }) => user),
  ),
  ...onEach(
    customerEvents,
    follow(deps.customers, ({ customer }: CustomerEventV1) => toCustomer(customer)),
  ),
  on(
    SettingsChanged,
    follow(deps.settings, ({ settings }) => settings),
  ),
  ...onEach(ticketEvents, onTicket(deps)),
  on(TicketRated, onTicket(deps)),
  // Every event of a repair tells of its payments, so that one that got lost is made good by the next.
  ...onEach([...repairEvents, ...repairPaymentEvents, ...repairAftermathEvents], async (event, delivery) => {
    await follow(deps.repairs, ({ repair }: RepairEventV1) => toRepair(repair))(event, delivery);
    await onMoney(deps.cashMovements)(event, delivery);
  }),
  ...onEach(quoteEvents, onQuote(deps)),
  on(
    InvoiceIssued,
    follow(deps.documents, ({ invoice }) => toDocument(invoice)),
  ),
  on(InvoiceUpdated, async (event, delivery) => {
    await follow(deps.documents, ({ invoice }: InvoiceUpdatedV1) => toDocument(invoice))(event, delivery);
    await onInvoicePaid(deps.cashMovements)(event, delivery);
  }),
  ...onEach(
    assetEvents,
    follow(deps.assets, ({ asset }) => toAsset(asset)),
  ),
  on(
    WorkReportApproved,
    follow(deps.workFindings, ({ workReport, at }) => toFindings(workReport, at)),
  ),
  on(StockMoved, async ({ tenantid, aggregateversion, data }) => {
    await deps.parts.in(tenantid).keep(data.part.id, aggregateversion, toPart(data.part));
    const consumption = toConsumption(data);
    // A movement never changes, so it has one version.
    if (consumption !== undefined) await deps.consumptions.in(tenantid).keep(data.movement.id, 1, consumption);
  }),
];

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => alongside(followed(deps), knowledgeSubscriptions(deps));
