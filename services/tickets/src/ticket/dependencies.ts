import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { AttachFiles } from '../conversation/attachment/attach-files.js';
import type { AppointmentOf } from '../kernel/preferred-time.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { AssetLookup } from '../replica/asset-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import type { CannedReplies } from './canned-reply/canned-reply.repository.js';
import type { Links } from './link/link.repository.js';
import type { UnapprovedWork } from './decide-status.js';
import type { Places } from './places.js';
import type { TicketState } from './ticket.js';
import type { Tickets } from './ticket.repository.js';

/** Dependencies of the ticket use cases; each use case names the few that it needs. */
export interface TicketDeps {
  readonly tickets: Tickets;
  readonly ticketLinks: Links;
  readonly cannedReplies: CannedReplies;
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
  readonly rulesOf: RulesOf;
  readonly places: Places;
  readonly attachFiles: AttachFiles;
  readonly appointmentOf: AppointmentOf;
  /** Reports of work that keep a ticket from being resolved; `undefined`: none. */
  readonly unapprovedWork: (tenantId: string, ticket: TicketState) => Promise<UnapprovedWork | undefined>;
  /** Days after the closing in which the customer can rate the ticket. */
  readonly ratingDays: number;
  /** Signed links for mails. They work without a login. */
  readonly links: SignedLinks;
}

export type LinkDeps = Pick<TicketDeps, 'tickets' | 'replicas' | 'ticketLinks'>;
export type CannedReplyDeps = Pick<TicketDeps, 'tickets' | 'replicas' | 'cannedReplies'>;
export type RatingLinkDeps = Pick<TicketDeps, 'tickets' | 'rulesOf' | 'ratingDays' | 'links'>;
export type RatingPageDeps = RatingLinkDeps & Pick<TicketDeps, 'replicas'>;
