import type { Notification, Recipient } from './notification.js';

/** What the provider of text messages says became of one that it took. */
export const DELIVERY_REPORTS = ['DELIVERED', 'UNDELIVERED'] as const;
export type DeliveryReport = (typeof DELIVERY_REPORTS)[number];

/** Of a message that was handed over and has not arrived. */
export const undelivered = (recipient: Recipient, error: string): Recipient => ({
  ...recipient,
  report: 'UNDELIVERED',
  status: recipient.status === 'SENT' ? 'FAILED' : recipient.status,
  lastError: error,
});

/**
 * The first end of a message counts. It may come before the hand-over was written down: then only the report is kept, and the
 * recipient's state follows with that.
 */
export const recordReport = (state: Notification, key: string, report: DeliveryReport, code: string | undefined): Notification => {
  const change = (recipient: Recipient): Recipient => {
    if (recipient.key !== key || recipient.report !== undefined) return recipient;
    return report === 'DELIVERED'
      ? { ...recipient, report }
      : undelivered(recipient, `the provider could not deliver it (${code ?? 'no reason given'})`);
  };
  const recipients = state.recipients.map(change);
  const hasFailed = state.status === 'SENT' && recipients.some(({ status }) => status === 'FAILED');
  const lastError = recipients.findLast((each) => each.lastError !== undefined)?.lastError;
  return hasFailed
    ? { ...state, recipients, status: 'FAILED', ...(lastError === undefined ? {} : { lastError }) }
    : { ...state, recipients };
};
