import type { Caller } from '@riparo/shared/contracts/caller';
import { INVOICE_KINDS, type InvoiceEventV1 } from '@riparo/shared/contracts/invoices.events';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, id, money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { RepairDocument } from '../replica/replicas.js';
import type { RepairState } from './repair.js';

/** Keeps what repairs link to; documents of tickets are left out. */
export const onInvoiceIssued =
  (documents: Replica<RepairDocument>): EventHandler<InvoiceEventV1> =>
  async ({ tenantid, subject, aggregateversion, data: { invoice } }) => {
    const { repairId, number, kind, total, issuedOn } = invoice;
    if (repairId === undefined) return;
    await documents.in(tenantid).keep(subject, aggregateversion, { repairId, number, kind, total, issuedOn });
  };

/** More than a page of repairs has. */
const MOST = 1_000;

type Shown = Omit<RepairDocument, 'repairId'> & { readonly id: string };

/** The documents of some repairs, the oldest first. Only repairs whose work ended have any. */
export const documentsOf = async (
  documents: Replica<RepairDocument>,
  { tenantId, role }: Caller,
  repairs: readonly Pick<RepairState, 'id' | 'outcome'>[],
): Promise<ReadonlyMap<string, readonly Shown[]>> => {
  const ids = repairs.filter(({ outcome }) => outcome !== undefined).map((repair) => repair.id);
  if (ids.length === 0 || !roleMay(role, 'read:invoices')) return new Map();
  const found = await documents.in(tenantId).list({ repairId: { $in: ids } }, { sort: { issuedOn: 1, number: 1 }, limit: MOST });
  const shown = found.map(({ id: documentId, repairId, number, kind, total, issuedOn }) => ({
    repairId,
    document: { id: documentId, number, kind, total, issuedOn },
  }));
  return new Map(ids.map((each) => [each, shown.filter(({ repairId }) => repairId === each).map(({ document }) => document)]));
};

export const documentsAnswer = listOf(
  view('RepairDocument', 'An invoice, a receipt or a credit note for the repair.', {
    id: id().description('Of the invoice: `GET /invoices/:id`.'),
    number: text(),
    kind: oneOf(INVOICE_KINDS),
    total: money(),
    issuedOn: calendarDay(),
  }),
).description('The oldest first; empty for technicians, who do not read invoices.');
