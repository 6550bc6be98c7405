import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Language } from '@riparo/shared/time/write-time';
import Joi from 'joi';
import { dayAfter, languageOf, type Centre, type CentreOf } from '../../centre.js';
import type { Replicas } from '../../replica/replicas.js';
import { repairWork, ticketWork, type Work, type WorkId } from '../../work/work.js';
import type { FollowInvoice } from '../crediting/follow-repair.js';
import { invoiceInForce } from '../invoice.errors.js';
import type { Invoice, InvoiceContent } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';
import { viewInvoice } from '../invoice.view.js';
import { chargeOfRepair, chargeOfTicket, issue, seriesOf, settledOf, termsOf, type Issuing } from './decide-issue.js';
import { findBillable, type Billable } from './find-billable.js';
import type { FindBuyer } from './find-buyer.js';
import { numberInvoice, yearFor } from './number-invoice.js';

type Kind = Issuing['kind'];
const KINDS = ['INVOICE', 'RECEIPT'] as const;

export interface IssueDeps {
  readonly invoices: Invoices;
  readonly replicas: Replicas;
  readonly centreOf: CentreOf;
  readonly findBuyer: FindBuyer;
  readonly followInvoice: FollowInvoice;
  readonly clock: Clock;
}

interface Wanted {
  readonly id: string;
  readonly at: Date;
  readonly kind?: Kind;
  /** Missing: the system, at the hand-over. */
  readonly byUserId?: string;
}

/** Mails about a document go to a person of the customer, and the document is in the language of that person. */
const contactOf = async ({ users }: Replicas, tenantId: string, { customerId, contactUserId }: Work, centre: Centre) => {
  const user = contactUserId === undefined ? undefined : await users.in(tenantId).find(contactUserId);
  const own = user?.customerId === customerId ? user : undefined;
  return { contactUserId: own?.id, language: languageOf(own?.locale ?? centre.locale) };
};

type FromWork = Pick<Issuing, 'charge' | 'settledBefore' | 'paid' | 'workVersion'>;

const fromWork = (billable: Billable, centre: Centre, kind: Kind, language: Language): FromWork => {
  const terms = termsOf(centre);
  const isReceipt = kind === 'RECEIPT';
  if (billable.repair === undefined)
    return { charge: chargeOfTicket(billable.charge, terms, isReceipt, language), settledBefore: [], paid: 0 };
  const { repair } = billable;
  const charge = chargeOfRepair(repair, terms, isReceipt, language);
  return { charge, settledBefore: settledOf(repair, centre), paid: repair.amountPaid.amount, workVersion: repair.version };
};

const subjectOf = ({ number, device }: Work): InvoiceContent['subject'] => compact({ number, device });

const write = async (invoices: Invoices, tenantId: string, issuing: Issuing): Promise<Invoice> => {
  const inTenant = invoices.in(tenantId);
  const series = seriesOf(termsOf(issuing.centre), issuing.kind === 'RECEIPT');
  try {
    return await numberInvoice(inTenant, { series, year: issuing.year }, (sequence, before) => issue(issuing, sequence, before));
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const own = await inTenant.find(issuing.id);
    if (own !== undefined) return own;
    throw invoiceInForce(await inTenant.findOne({ inForceFor: issuing.repairId ?? issuing.ticketId ?? '' }));
  }
};

/** Issues a document for work that can be charged. Repeated under the same id it finds what it issued. */
export const issueFor = async (deps: IssueDeps, tenantId: string, billable: Billable, wanted: Wanted): Promise<Invoice> => {
  const { invoices, replicas, centreOf, findBuyer } = deps;
  const work = billable.repair === undefined ? ticketWork(billable.ticket) : repairWork(billable.repair);
  const [centre, { buyer, wantsInvoice }] = await Promise.all([centreOf(tenantId), findBuyer(tenantId, work.customerId)]);
  const { id, at, byUserId, kind = wantsInvoice ? 'INVOICE' : 'RECEIPT' } = wanted;
  const { contactUserId, language } = await contactOf(replicas, tenantId, work, centre);
  const series = seriesOf(termsOf(centre), kind === 'RECEIPT');
  const year = await yearFor(invoices.in(tenantId), series, dayAfter(at, centre));
  const { repairId, ticketId, customerId } = work;
  const about = { id, kind, repairId, ticketId, subject: subjectOf(work), customerId, contactUserId, centre, buyer };
  const issuing: Issuing = compact({ ...about, ...fromWork(billable, centre, kind, language), language, at, year, byUserId });
  const invoice = await write(invoices, tenantId, issuing);
  // What the customer pays may have changed while the document was made: then nobody has followed that yet.
  return repairId === undefined ? invoice : ((await deps.followInvoice(tenantId, repairId)) ?? invoice);
};

export interface NewInvoice extends WorkId {
  readonly kind?: Kind;
}
export const newInvoiceBody = Joi.object<NewInvoice>({ repairId: uuid(), ticketId: uuid(), kind: oneOf(KINDS) }).xor(
  'repairId',
  'ticketId',
);

type OnDemandDeps = IssueDeps & Parameters<typeof findBillable>[0];

/** `POST /invoices`. */
export const issueInvoice =
  (deps: OnDemandDeps) =>
  async ({ caller, body, ids, now: at }: Call<NewInvoice>): Promise<Reply> => {
    const { tenantId, userId: byUserId } = caller;
    const inTenant = deps.invoices.in(tenantId);
    const id = ids.next();
    const own = await inTenant.find(id);
    const { repairId, ticketId = '', kind } = body;
    const other = own ?? (await inTenant.findOne({ inForceFor: repairId ?? ticketId }));
    if (other !== undefined && other !== own) throw invoiceInForce(other);
    const invoice = own ?? (await issueFor(deps, tenantId, await findBillable(deps, tenantId, body), compact({ id, at, kind, byUserId })));
    return created(`/invoices/${invoice.id}`, viewInvoice(caller, invoice));
  };
