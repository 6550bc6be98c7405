import type { Platform } from '@riparo/shared/composition/platform';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { SessionsRevokedV1 } from '@riparo/shared/contracts/auth.events';
import { counter, gauge } from '@riparo/shared/metrics/registry';
import { createChannels, type Channel, type Member } from './channels.js';
import type { Journal } from './journal.js';
import { tooManyStreams, refusedAs } from './live.errors.js';
import type { EndReason, Outlet } from './outlet.js';
import type { SubjectKind } from './signal.js';
import { createStream, type Stream } from './stream.js';
import { checkGeneral, isOne } from './topics.js';
import type { Viewer, Views } from './views.js';

/** Streams that one person may have open at one instance. */
export const MAX_PER_PERSON = 20;
/** Milliseconds between two looks into the journal when nothing was announced. */
const POLL_MS = 500;
/** Seconds between two signs of life: proxies mostly cut what is silent for a minute. */
const BEAT_S = 15;
const SECOND_MS = 1_000;
const PAGE = 500;

export interface Opening {
  readonly viewer: Viewer;
  readonly topics: readonly string[];
  /** Views that the client is taken to have, from `authorise`. */
  readonly digests: ReadonlyMap<string, string>;
  /** Where the client was: the id of the last thing that it was told. */
  readonly after?: string | undefined;
  readonly outlet: Outlet;
}

/** The open streams of this process, and what feeds them. */
export interface Hub {
  start(): void;
  stop(): Promise<void>;
  /** Throws 429 when this person, or anybody, can open no more. */
  checkRoom(viewer: Viewer): void;
  /** Throws what the GET of a topic's thing answers, when that is a refusal; resolves to the digests of the views. */
  authorise(viewer: Viewer, topics: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** `undefined` when the outlet was told an end at once. */
  open(opening: Opening): Promise<Stream | undefined>;
  /** An event was announced: its signal is in the journal soon. */
  expect(tenantId: string, signalId: string): void;
  /** This process has written signals of the tenant. */
  wake(tenantId: string): void;
  revoke(event: Pick<EventEnvelope<SessionsRevokedV1>, 'tenantid' | 'data'>): void;
  endAll(reason: EndReason): void;
  size(): number;
}

export interface HubOptions {
  readonly platform: Pick<Platform, 'verifier' | 'revocations' | 'clock' | 'log' | 'metrics'>;
  readonly journal: Journal;
  readonly views: Views;
  readonly maxStreams: number;
}

const DIGITS = /^\d{1,15}$/;
const personOf = ({ caller }: Viewer): string => `${caller.tenantId} ${caller.userId}`;

const createMeters = ({ metrics }: HubOptions['platform']) => ({
  open: gauge(metrics, { name: 'live_streams_open', help: 'Open streams of live updates' }),
  ended: counter(metrics, { name: 'live_streams_ended_total', help: 'Ended streams of live updates', labelNames: ['reason'] }),
});

export const createHub = ({ platform, journal, views, maxStreams }: HubOptions): Hub => {
  const { verifier, revocations, clock, log } = platform;
  const meters = createMeters(platform);
  /** Each with the second of its signs of life. */
  const streams = new Map<Stream, number>();
  const persons = new Map<string, number>();
  const timers: NodeJS.Timeout[] = [];
  let second = 0;

  const onError = (error: unknown): void => log.warn({ err: error }, 'live updates could not be passed on');
  const channels = createChannels(journal, onError);

  const isFull = (viewer: Viewer): boolean => streams.size >= maxStreams || (persons.get(personOf(viewer)) ?? 0) >= MAX_PER_PERSON;

  const count = (viewer: Viewer, change: 1 | -1): void => {
    const person = personOf(viewer);
    const open = (persons.get(person) ?? 0) + change;
    if (open > 0) persons.set(person, open);
    else persons.delete(person);
  };

  const catchUp = async (tenantId: string, channel: Channel, member: Member, from: number): Promise<void> => {
    const until = channel.tail.position();
    for (let cursor = from; cursor < until;) {
      const page = await journal.after(tenantId, cursor, PAGE);
      for (const signal of page) member.stream.offer(signal);
      cursor = page.at(-1)?.position ?? until;
    }
    for (const signal of member.joining ?? []) member.stream.offer(signal);
    member.joining = undefined;
  };

  const placeOf = async (tenantId: string, after: string | undefined): Promise<number | undefined> =>
    after !== undefined && DIGITS.test(after) && (await journal.reachesBack(tenantId, Number(after))) ? Number(after) : undefined;

  const join = async (channel: Channel, { viewer, topics, digests, after, outlet }: Opening): Promise<Stream | undefined> => {
    const { tenantId } = viewer.caller;
    const resumed = await placeOf(tenantId, after);
    if (isFull(viewer)) {
      outlet.end('UNAVAILABLE');
      channels.leave(tenantId);
      return undefined;
    }
    const position = resumed ?? channel.tail.position();
    const stream = createStream({
      viewer,
      topics,
      position,
      outlet,
      views,
      verifier,
      clock,
      onError,
      onClose: (reason) => {
        streams.delete(stream);
        channel.members.delete(member);
        count(viewer, -1);
        meters.open.dec();
        meters.ended.inc({ reason });
        channels.leave(tenantId);
      },
    });
    const member: Member = { stream, joining: [] };
    streams.set(stream, streams.size % BEAT_S);
    channel.members.add(member);
    count(viewer, 1);
    meters.open.inc();
    if (after !== undefined && resumed === undefined) outlet.reset(String(position));
    outlet.ready(String(position), topics);
    // Who resumes does not have the views of now: they are told.
    if (resumed === undefined) for (const [subject, digest] of digests) stream.remember(subject, digest);
    await catchUp(tenantId, channel, member, position).catch((error: unknown) => {
      onError(error);
      stream.end('UNAVAILABLE');
    });
    return stream;
  };

  const everySecond = (): void => {
    const now = clock.now().getTime();
    second++;
    for (const [stream, beat] of streams) {
      if (stream.viewer.expiresAt <= now) stream.end('TOKEN_EXPIRED');
      else if (beat === second % BEAT_S) {
        stream.beat();
        stream.check().catch(onError);
      }
    }
  };

  return {
    checkRoom: (viewer) => {
      if (isFull(viewer)) throw tooManyStreams();
    },
    authorise: async (viewer, topics) => {
      checkGeneral(viewer.caller, topics);
      const sights = await Promise.all(
        topics.filter(isOne).map(async (topic) => {
          const [kinds = '', subjectId = ''] = topic.split('/');
          const sight = await views.see(viewer, { kind: kinds.slice(0, -1) as SubjectKind, subjectId }, 0);
          if (!sight.seen) throw refusedAs(sight.refusal);
          return [topic, sight.digest] as const;
        }),
      );
      return new Map(sights);
    },
    open: async (opening) => {
      const { tenantId } = opening.viewer.caller;
      const channel = await channels.enter(tenantId);
      return join(channel, opening).catch((error: unknown) => {
        channels.leave(tenantId);
        throw error;
      });
    },
    expect: (tenantId, signalId) => channels.find(tenantId)?.expect(signalId),
    wake: (tenantId) => channels.find(tenantId)?.wake(),
    revoke: (event) => {
      revocations.apply(event);
      for (const stream of [...streams.keys()]) {
        const { tenantId, userId } = stream.viewer.caller;
        if (tenantId === event.tenantid && userId === event.data.userId) stream.check().catch(onError);
      }
    },
    endAll: (reason) => {
      for (const stream of [...streams.keys()]) stream.end(reason);
    },
    size: () => streams.size,
    start: () => {
      const poll = setInterval(() => {
        for (const tail of channels.all()) tail.wake();
      }, POLL_MS);
      timers.push(poll.unref(), setInterval(everySecond, SECOND_MS).unref());
    },
    stop: async () => {
      for (const timer of timers.splice(0)) clearInterval(timer);
      for (const stream of [...streams.keys()]) stream.end('STOPPING');
      await Promise.all(channels.all().map((tail) => tail.stop()));
    },
  };
};
