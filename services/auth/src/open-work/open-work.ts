import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';

/** What this service remembers of work for a customer: only whether it is still to be done. */
export interface WorkItem {
  readonly customerId: string;
  readonly open: boolean;
}

export const workItemOf = ({ customerId, status }: PublishedTicket): WorkItem => ({
  customerId,
  open: status !== 'RESOLVED' && status !== 'CLOSED',
});
