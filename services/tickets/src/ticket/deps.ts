import type { AttachFiles } from '../conversation/attachment/attach-files.js';
import type { AssetLookup } from '../replica/asset-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import type { Assigner } from '../assignment/assigner.js';
import type { TicketQueue } from '../assignment/ticket-queue.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { Tickets } from './ticket.repository.js';

/** What use cases of this service are made from; each names the few it needs. */
export interface TicketDeps {
  readonly tickets: Tickets;
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
  readonly rulesOf: RulesOf;
  readonly assigner: Assigner;
  readonly queue: TicketQueue;
  readonly attachFiles: AttachFiles;
  /** Days after closing in which a ticket can be rated. */
  readonly ratingDays: number;
}
