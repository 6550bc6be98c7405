import { INVOICE_LINK } from '@riparo/shared/contracts/links';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { file, ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { compact } from '@riparo/shared/json/compact';
import Joi from 'joi';
import { keepPdf, type KeepPdfDeps } from '../document/keep-pdf.js';
import type { Invoice } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';
import { viewListedInvoice } from '../invoice.view.js';

interface Params {
  readonly token: string;
}
type LinkCall = PublicCall<unknown, unknown, Params>;

export const invoiceLinkParams = Joi.object<Params>({ token: Joi.string().max(1_000).required() });

interface LinkDeps {
  readonly invoices: Invoices;
  readonly links: SignedLinks;
}

const openLink = async ({ invoices, links }: LinkDeps, token: string) => {
  const { tenantId, subjectId } = links.verify(INVOICE_LINK, token);
  const invoice = await invoices.in(tenantId).find(subjectId);
  if (invoice === undefined) throw linkInvalid();
  return { tenantId, invoice };
};

/** What whoever has the link reads beside the PDF: the sums and what became of them, and nothing about people. */
const publicView = (invoice: Invoice) => {
  const { number, kind, status, subjectNumber, issuedOn, dueOn, net, vat, total, paid, credited, left, credits } =
    viewListedInvoice(invoice);
  const { seller, subject, vatGroups, rounding, stampDuty, chargesStampDuty, stampDutyReturned } = invoice.content;
  const { companyName: name, contactEmail: email, contactPhone: phone } = seller;
  return compact({
    ...{ number, kind, status, company: compact({ name, email, phone }), subjectNumber, device: subject.device, issuedOn, dueOn },
    ...{ net, vat, total, vatGroups, rounding, stampDuty, chargesStampDuty, stampDutyReturned, paid, credited, left },
    credits: credits && { number: credits.number, issuedOn: credits.issuedOn },
  });
};

/** `GET /public/invoices/:token`. */
export const getInvoiceByLink =
  (deps: LinkDeps) =>
  async ({ params: { token } }: LinkCall): Promise<Reply> =>
    ok(publicView((await openLink(deps, token)).invoice));

/** `GET /public/invoices/:token/invoice.pdf`: the same bytes as for those who sign in. */
export const getInvoicePdfByLink =
  (deps: KeepPdfDeps) =>
  async ({ params: { token } }: LinkCall): Promise<Reply> => {
    const { tenantId, invoice } = await openLink(deps, token);
    return file(await keepPdf(deps, tenantId, invoice), 'application/pdf', `${invoice.number}.pdf`, 'inline');
  };
