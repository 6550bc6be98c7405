import type { Platform } from '@riparo/shared/composition/platform';
import { SessionsRevoked } from '@riparo/shared/contracts/auth.events';
import { on, type EventHandler, type Subscription } from '@riparo/shared/messaging/bus';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { NotificationsConfig } from '../config.js';
import type { InboxItem } from '../inbox/inbox.js';
import { createHub } from './hub.js';
import { createJournal } from './journal.js';
import { LIVE_EVENTS } from './live-events.js';
import { createLiveDoor } from './live-door.js';
import { signalsOf, type Signal } from './signal.js';
import { createViews } from './views.js';

/** One handler for events of all kinds; `signalsOf` tells them apart. */
const onAll = (contracts: readonly { readonly type: string }[], handle: EventHandler<never>): readonly Subscription[] =>
  contracts.map((contract) => ({ contract, handle }) as unknown as Subscription);

export type Live = ReturnType<typeof createLive>;

export interface LiveOptions {
  readonly inbox: Repository<InboxItem>;
  /** Default: `TICKETS_URL`, and `AUTH_URL` for accounts. */
  readonly viewsUrl?: (() => string) | undefined;
}

/** Wires live updates: events → journal → tails → streams. */
export const createLive = (platform: Platform, config: NotificationsConfig, { inbox, viewsUrl }: LiveOptions) => {
  const journal = createJournal(platform);
  const views = createViews({ baseUrls: { tickets: viewsUrl ?? config.TICKETS_URL, auth: viewsUrl ?? config.AUTH_URL }, inbox });
  const hub = createHub({ platform, journal, views, maxStreams: config.LIVE_STREAMS });
  const door = createLiveDoor({ hub, verifier: platform.verifier, clock: platform.clock, maxStreams: config.LIVE_STREAMS });

  const append = async (tenantId: string, signals: readonly Signal[]): Promise<void> => {
    await journal.append(tenantId, signals);
    hub.wake(tenantId);
  };
  const keep = (event: EventEnvelope<never>): Promise<void> => append(event.tenantid, signalsOf(event));
  const announce = async (event: EventEnvelope<never>): Promise<void> => {
    for (const { id } of signalsOf(event)) hub.expect(event.tenantid, id);
  };

  return {
    hub,
    journal,
    door,
    /** Writes the signals of an event into the journal; one instance does it for all. */
    keep,
    /** Tells a person of a new message in the inbox. */
    messageCame: (tenantId: string, userId: string, messageId: string, at: Date): Promise<void> =>
      append(tenantId, [
        {
          id: messageId,
          type: 'riparo.notifications.message-received.v1',
          kind: 'message',
          subjectId: messageId,
          at: at.toISOString(),
          userId,
          holders: [],
          before: [],
          staffOnly: false,
        },
      ]),
    start: async (): Promise<void> => {
      hub.start();
      // Every instance hears of everything, on a queue that dies with it, and reads the journal then.
      await platform.bus.listen(onAll(LIVE_EVENTS, announce));
      await platform.bus.listen([on(SessionsRevoked, async (event) => hub.revoke(event))]);
    },
    endStreams: (): void => {
      hub.endAll('STOPPING');
      door.end();
    },
  };
};

const LIVE_TYPES: ReadonlySet<string> = new Set(LIVE_EVENTS.map(({ type }) => type));

/** The subscriptions with the journal written first, and those of events that nothing else here minds. */
export const withLive = (live: Pick<Live, 'keep'>, subscriptions: readonly Subscription[]): readonly Subscription[] => {
  const followed = subscriptions.map((subscription) =>
    LIVE_TYPES.has(subscription.contract.type)
      ? {
          ...subscription,
          handle: (async (event, delivery) => {
            await live.keep(event as EventEnvelope<never>);
            await subscription.handle(event, delivery);
          }) satisfies EventHandler<unknown>,
        }
      : subscription,
  );
  const known = new Set(subscriptions.map(({ contract }) => contract.type));
  const rest = LIVE_EVENTS.filter(({ type }) => !known.has(type));
  return [...followed, ...onAll(rest, live.keep)];
};
