import { setTimeout as delay } from 'node:timers/promises';
import Joi from 'joi';
import type { ServiceName } from '../contracts/topology.js';
import { within } from '../concurrency/tasks.js';
import { DomainError } from '../errors/domain-error.js';
import { unavailable } from '../errors/common-errors.js';
import { uuid } from '../http/schemas.js';
import { ok } from '../http/reply.js';
import { action, get, type Call, type Route } from '../http/route.js';
import type { ParkedEvent } from '../messaging/bus.js';
import { PublishError } from '../messaging/publish-error.js';
import { derivedId } from '../runtime/derived-id.js';
import { withoutSecrets } from '../text/without-secrets.js';
import type { Platform } from './platform.js';

/** A parked event as operators see it: never its data. */
export interface ParkedView {
  /** Made from the consumer and the event's id: one event can be parked by several consumers. */
  readonly id: string;
  /** The service that gave up on it. */
  readonly consumer: ServiceName;
  /** Missing, like the next three: the message could not be read. */
  readonly eventId?: string;
  readonly type?: string;
  /** The id of what the event tells of. */
  readonly subject?: string;
  readonly occurredAt?: string;
  readonly parkedAt: string;
  readonly attempts?: number;
  readonly error: string;
}

/** What one service says of its own parked events. */
export interface ParkedDoor {
  /** The oldest `MAX_PARKED` of this tenant, and those that nobody can read. */
  list(tenantId: string): Promise<readonly ParkedView[]>;
  /** Hands one back to the service. Throws `parkedEventNotFound` and `parkedEventBusy`. */
  replay(tenantId: string, id: string): Promise<void>;
}

/** So many of each service are shown; whoever has more finds them once these are replayed. */
export const MAX_PARKED = 1_000;

const LEASE_MS = 10_000;
/** How long one waits for another's look to end, in ms. */
const TURN_MS = 2_500;
const LOOK_MS = 50;
/** In one process a replay lasts as long as the handler does; a handler whose dependency is away never ends. In ms. */
const REPLAY_MS = 5_000;

export const parkedEventNotFound = (): DomainError =>
  new DomainError(
    'not-found',
    'PARKED_EVENT_NOT_FOUND',
    'No such event is parked. It may have been replayed already; if it fails again, the list shows it again.',
  );

export const parkedEventBusy = (): DomainError =>
  new DomainError(
    'conflict',
    'PARKED_EVENT_BUSY',
    'The event is being replayed right now. Look at the list again in a few seconds: an event that is gone from it was handled.',
  );

const parkedIdOf = ({ queue, id }: Pick<ParkedEvent, 'queue' | 'id'>): string => derivedId('parked', queue, id);

const isOf = (tenantId: string, { event }: ParkedEvent): boolean => 'raw' in event || event.tenantid === tenantId;

const toView = (consumer: ServiceName, parked: ParkedEvent): ParkedView => {
  const { event, parkedAt, attempts, reason } = parked;
  return {
    id: parkedIdOf(parked),
    consumer,
    ...('raw' in event ? {} : { eventId: event.id, type: event.type, subject: event.subject, occurredAt: event.time }),
    parkedAt,
    ...(attempts === undefined ? {} : { attempts }),
    error: withoutSecrets(reason),
  };
};

/** A connection that breaks in the middle is an error of its library. */
const orBusAway = async (bus: Platform['bus'], work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof PublishError || !bus.health().connected) throw unavailable('The event bus');
    throw error;
  }
};

/**
 * The parked events of one service, on either bus. Who looks at a broker's parked events holds them for that moment, and
 * others do not see them: instances take turns under a lease, so that nobody is told that there are none.
 */
export const createParkedDoor = (consumer: ServiceName, { bus, lease, log }: Pick<Platform, 'bus' | 'lease' | 'log'>): ParkedDoor => {
  /** False when the turn did not come. */
  const inTurn = async (work: () => Promise<void>): Promise<boolean> => {
    for (let waitedMs = 0; waitedMs <= TURN_MS; waitedMs += LOOK_MS) {
      if (await lease.hold('parked-events', LEASE_MS, () => orBusAway(bus, work))) return true;
      await delay(LOOK_MS);
    }
    return false;
  };

  const replayOne = async (tenantId: string, id: string): Promise<void> => {
    const all = await bus.listParked(consumer, MAX_PARKED);
    const wanted = all.find((parked) => parkedIdOf(parked) === id && isOf(tenantId, parked));
    if (wanted === undefined) throw parkedEventNotFound();
    log.info({ event: wanted.id }, 'a parked event is replayed');
    const replayed = bus.replayParked(consumer, [wanted.id]);
    // Whoever asked is answered then; the replay goes on, and nobody waits for its end.
    if (!(await within(REPLAY_MS, replayed))) replayed.catch((error: unknown) => log.warn({ err: error }, 'a replay failed'));
    else if ((await replayed) === 0) throw parkedEventBusy();
  };

  return {
    list: async (tenantId) => {
      let found: readonly ParkedEvent[] = [];
      const looked = await inTurn(async () => {
        found = await bus.listParked(consumer, MAX_PARKED);
      });
      if (!looked) throw unavailable(`The list of parked events of the ${consumer} service`);
      return found.filter((parked) => isOf(tenantId, parked)).map((parked) => toView(consumer, parked));
    },
    replay: async (tenantId, id) => {
      if (!(await inTurn(() => replayOne(tenantId, id)))) throw parkedEventBusy();
    },
  };
};

interface TenantQuery {
  readonly tenantId: string;
}
interface ReplayBody extends TenantQuery {
  readonly id: string;
}

const tenantId = Joi.string().max(100).required();

/** The door as every service offers it to the one that answers for all of them. */
export const parkedRoutes = (consumer: ServiceName, door: ParkedDoor): readonly Route[] => [
  get(
    `/internal/parked-events/${consumer}`,
    'internal',
    'What this service gave up on.',
    { query: Joi.object<TenantQuery>({ tenantId }) },
    async ({ query }: Call<unknown, TenantQuery>) => ok(await door.list(query.tenantId)),
    { root: true },
  ),
  action(
    `/internal/parked-events/${consumer}/replay`,
    'internal',
    'Hands a parked event back to this service.',
    { body: Joi.object<ReplayBody>({ tenantId, id: uuid().required() }) },
    async ({ body }: Call<ReplayBody>) => {
      await door.replay(body.tenantId, body.id);
      return ok({ replayed: true });
    },
    { root: true },
  ),
];
