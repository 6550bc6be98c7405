/** Purposes of signed links. One service puts the link into a mail; another service does what the link allows. */

/** The link rates a closed ticket; its subject is the ticket's id. */
export const RATING_LINK = 'rating';

/** Path below `PUBLIC_URL` of the page on which a closed ticket is rated. */
export const ratingPath = (token: string): string => `/rate/${token}`;

/**
 * The link confirms, moves or cancels an appointment; its subject is the appointment's id, its state the start (ISO 8601 UTC).
 * When the appointment is moved, the start changes and the old link is void.
 */
export const APPOINTMENT_LINK = 'appointment';

/** Path below `PUBLIC_URL` of the page on which an appointment is confirmed, moved or cancelled. */
export const appointmentPath = (token: string): string => `/appointments/${token}`;

/**
 * The link shows a quote and lets the customer accept or decline it; its subject is the quote's id, its state the version
 * of the quote (`1`). A link of an earlier version only says that there is a newer one.
 */
export const QUOTE_LINK = 'quote';

/** Days after the last day of a quote for which its link still says what became of it. */
export const QUOTE_LINK_DAYS = 60;

/** Path below `PUBLIC_URL` of the page that a quote's link leads to. */
export const quotePath = (token: string): string => `/quote/${token}`;

/** The link shows what is left to pay for a repair and leads to the provider; its subject is the repair's id. */
export const PAYMENT_LINK = 'payment';

/** Days for which a link to pay is valid. */
export const PAYMENT_LINK_DAYS = 90;

/** Path below `PUBLIC_URL` of the page on which a repair is paid. */
export const paymentPath = (token: string): string => `/pay/${token}`;

/** The link shows an issued document and its PDF; its subject is the document's id. */
export const INVOICE_LINK = 'invoice';

/** Days after the issue for which a document's link is valid; a document can be had from the desk for as long as it is kept. */
export const INVOICE_LINK_DAYS = 365;

/** Path below `PUBLIC_URL` of the PDF that a document's link leads to. */
export const invoicePdfPath = (token: string): string => `/api/v1/public/invoices/${token}/invoice.pdf`;

/**
 * The link shows a closed work report, and lets a customer without a login sign it, or anybody send it back; its subject is
 * the report's id, its state the version of the report (`1`). A link of an earlier version only shows that one.
 */
export const WORK_REPORT_LINK = 'work-report';

/** Days for which a link to sign is valid. */
export const WORK_REPORT_LINK_DAYS = 60;

/** Path below `PUBLIC_URL` of the page on which a work report is signed. */
export const workReportPath = (token: string): string => `/sign/${token}`;

/**
 * Path below `PUBLIC_URL` of a repair's public status page. Whoever knows the repair's number and the device's serial
 * number may read the page.
 */
export const repairStatusPath = ({
  number,
  device,
}: {
  readonly number: string;
  readonly device: { readonly serialNumber: string };
}): string => `/repair-status?${new URLSearchParams({ number, serialNumber: device.serialNumber }).toString()}`;

/**
 * No link but the signature of a reply address, which mails about a ticket or a repair carry; its subject is `TICKET:` or
 * `REPAIR:` with the id, its state the address of the recipient.
 */
export const REPLY_ADDRESS = 'reply-address';
