import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Logger } from 'pino';
import type { TicketsConfig } from '../config.js';
import type { BookPreferred } from '../kernel/preferred-time.js';
import type { VisitsFollow } from '../kernel/visits-follow.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { AssetLookup } from '../replica/asset-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { createAssigner } from './assigner.js';
import { createDescribeTicket, type DescribeTicket } from './describe-ticket.js';
import { createPlaces, type TicketPlaces } from './places.js';
import { reconcile } from './reconcile.js';
import type { ClockDeps } from './run-clocks.js';
import { createWriteTicket, type WriteTicket } from './write-ticket.js';
import { createTicketQueue } from './ticket-queue.js';
import type { AttachFiles } from '../conversation/attachment/attach-files.js';

/** Dependencies of the assignment use cases; each use case names the few that it needs. */
export interface AssignmentDeps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'assetLookup' | 'unapprovedWork'> {
  readonly places: TicketPlaces;
  readonly describeTicket: DescribeTicket;
  readonly writeTicket: WriteTicket;
  readonly bookForTicket: BookPreferred<TicketState>;
  readonly visitsFollow: VisitsFollow<TicketState>;
  readonly log: Logger;
}

interface Below {
  readonly tickets: Tickets;
  readonly technicians: Technicians;
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
  readonly assetLookup: AssetLookup;
  readonly attachFiles: AttachFiles;
  /** Technicians of all tenants. */
  readonly everyone: AcrossTenants;
}

type Config = Pick<TicketsConfig, 'TECHNICIAN_CAPACITY' | 'SILENCE_MAX_MOVES'>;

/** Creates the choice of technicians, the queue of waiting tickets and the clocks of tickets. */
export const createAssignmentDependencies = (platform: Platform, config: Config, below: Below) => {
  const { clock, ids, log } = platform;
  const { tickets, rulesOf, everyone } = below;
  const assigner = createAssigner({ ...below, clock });
  const queue = createTicketQueue({ tickets, assigner, rulesOf, clock, ids, log });
  const places = createPlaces(assigner, queue);
  const timed = createAcrossTenants(platform, 'tickets', ['slaTimerAt', 'silenceDueAt', 'autoCloseAt'].map(momentIndex));
  const capacity = config.TECHNICIAN_CAPACITY;
  const clocks: ClockDeps = { tickets, rulesOf, places, everywhere: timed, clock, ids, log, maxMoves: config.SILENCE_MAX_MOVES };
  return {
    assigner,
    queue,
    places,
    describeTicket: createDescribeTicket(below),
    writeTicket: createWriteTicket(below),
    capacity,
    clocks,
    reconcilePlaces: reconcile({ ...below, assigner, queue, capacity, clock, ids, everywhere: everyone }),
    assignmentStores: [timed],
  };
};
