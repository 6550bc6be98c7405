import {
  APPOINTMENT_LINK,
  appointmentPath,
  INVOICE_LINK,
  INVOICE_LINK_DAYS,
  invoicePdfPath,
  PAYMENT_LINK,
  PAYMENT_LINK_DAYS,
  paymentPath,
  QUOTE_LINK,
  QUOTE_LINK_DAYS,
  quotePath,
  RATING_LINK,
  ratingPath,
  WORK_REPORT_LINK,
  WORK_REPORT_LINK_DAYS,
  workReportPath,
} from '@riparo/shared/contracts/links';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { DAY_MS } from '@riparo/shared/time/units';

interface Deps {
  readonly links: SignedLinks;
  /** Where people reach the application; links begin with it. */
  readonly publicUrl: string;
  /** Where a portal is, which has pages behind a sign-in; `undefined`: there is none, and no mail leads there. */
  readonly portalUrl: string | undefined;
  /** Days after a ticket's closing for which the link to its rating is valid. */
  readonly ratingDays: number;
}

type Data = Readonly<Record<string, unknown>>;

/** Where the button of a mail leads. */
export interface Leading {
  readonly link?: string;
  /** The last day, `YYYY-MM-DD`, of a link that needs no account. */
  readonly openUntil?: string;
}

const after = (moment: string, days: number): Date => new Date(Date.parse(moment) + days * DAY_MS);

/**
 * Links that need no login, and where a mail leads. They are made when the mail is written: no event and no database holds one.
 */
export const createOpenLinks = ({ links, publicUrl, portalUrl, ratingDays }: Deps) => {
  /** Valid for this very version, and for some weeks after its last day, so that whoever comes late reads what became of it. */
  const quote = (tenantId: string, { quoteId, quoteVersion, validUntil }: Data): Leading => {
    if (typeof quoteId !== 'string' || typeof quoteVersion !== 'number' || typeof validUntil !== 'string') return {};
    const grant = { tenantId, subjectId: quoteId, state: String(quoteVersion) };
    return { link: `${publicUrl}${quotePath(links.sign(QUOTE_LINK, grant, after(validUntil, QUOTE_LINK_DAYS)))}` };
  };

  /** Valid for this very version: a corrected report makes the links of earlier mails void. */
  const workReport = (tenantId: string, { reportId, reportVersion, reportFrom }: Data): Leading => {
    if (typeof reportId !== 'string' || typeof reportVersion !== 'number' || typeof reportFrom !== 'string') return {};
    const grant = { tenantId, subjectId: reportId, state: String(reportVersion) };
    return { link: `${publicUrl}${workReportPath(links.sign(WORK_REPORT_LINK, grant, after(reportFrom, WORK_REPORT_LINK_DAYS)))}` };
  };

  const invoice = (tenantId: string, { invoiceId, invoiceFrom }: Data): Leading => {
    if (typeof invoiceId !== 'string' || typeof invoiceFrom !== 'string') return {};
    const openUntil = after(invoiceFrom, INVOICE_LINK_DAYS).toISOString().slice(0, 10);
    // By then that day is over in every time zone.
    const token = links.sign(INVOICE_LINK, { tenantId, subjectId: invoiceId }, after(openUntil, 2));
    return { link: `${publicUrl}${invoicePdfPath(token)}`, openUntil };
  };

  const payment = (tenantId: string, { payRepairId, payFrom }: Data): Leading => {
    if (typeof payRepairId !== 'string' || typeof payFrom !== 'string') return {};
    const token = links.sign(PAYMENT_LINK, { tenantId, subjectId: payRepairId }, after(payFrom, PAYMENT_LINK_DAYS));
    return { link: `${publicUrl}${paymentPath(token)}` };
  };

  const at = (base: string | undefined, path: unknown): Leading =>
    base !== undefined && typeof path === 'string' ? { link: `${base}${path}` } : {};

  const answered = (tenantId: string, data: Data): Leading => ({ ...quote(tenantId, data), ...workReport(tenantId, data) });

  return {
    rating: (tenantId: string, { ratingTicketId, ratingFrom }: Data): string | undefined => {
      if (typeof ratingTicketId !== 'string' || typeof ratingFrom !== 'string') return undefined;
      const token = links.sign(RATING_LINK, { tenantId, subjectId: ratingTicketId }, after(ratingFrom, ratingDays));
      return `${publicUrl}${ratingPath(token)}`;
    },

    /** Valid for this very time: whoever moves the appointment makes the links of earlier mails void. */
    appointment: (tenantId: string, { appointmentId, start }: Data): string | undefined => {
      if (typeof appointmentId !== 'string' || typeof start !== 'string') return undefined;
      const grant = { tenantId, subjectId: appointmentId, state: new Date(start).toISOString() };
      return `${publicUrl}${appointmentPath(links.sign(APPOINTMENT_LINK, grant, new Date(start)))}`;
    },

    /**
     * A quote and a work report are answered by their links, whoever reads. Everything else has a `path` in the portal for those who can sign in. Others,
     * and everybody where there is no portal, get a page of this installation, or no link where there is no such thing.
     */
    leading: (tenantId: string, data: Data, hasAccount: boolean): Leading => {
      const byLink = answered(tenantId, data);
      if (byLink.link !== undefined) return byLink;
      const inPortal = hasAccount ? at(portalUrl, data.path) : {};
      if (inPortal.link !== undefined) return inPortal;
      return { ...at(publicUrl, data.publicPath), ...invoice(tenantId, data), ...payment(tenantId, data) };
    },

    /** Where an item of the inbox leads: apps that show the inbox have a place for each `path`. */
    inApp: (tenantId: string, data: Data): string | undefined =>
      answered(tenantId, data).link ?? at(portalUrl ?? publicUrl, data.path).link,
  };
};
