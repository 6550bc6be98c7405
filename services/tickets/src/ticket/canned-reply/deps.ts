import type { TicketDeps } from '../deps.js';
import type { CannedReplies } from './canned-reply.repository.js';

/** What the use cases of canned replies are made from. */
export interface CannedReplyDeps extends Pick<TicketDeps, 'tickets' | 'replicas'> {
  readonly cannedReplies: CannedReplies;
}
