import type { Journal, Placed } from './journal.js';
import type { Stream } from './stream.js';
import { createTail, type Tail } from './tail.js';

/** A stream among the others of its tenant. */
export interface Member {
  readonly stream: Stream;
  /** Signals that came while the stream was being caught up. */
  joining: Placed[] | undefined;
}

/** The streams of one tenant, and the tail that feeds them all. */
export interface Channel {
  readonly tail: Tail;
  readonly members: Set<Member>;
}

/** The channels of the tenants that somebody listens to. */
export interface Channels {
  enter(tenantId: string): Promise<Channel>;
  /** Once for each `enter` that resolved. */
  leave(tenantId: string): void;
  find(tenantId: string): Tail | undefined;
  all(): readonly Tail[];
}

interface Entry {
  /** Streams that are open or being opened. */
  users: number;
  readonly made: Promise<Channel>;
  channel?: Channel;
}

export const createChannels = (journal: Journal, onError: (error: unknown) => void): Channels => {
  const entries = new Map<string, Entry>();

  const make = async (tenantId: string): Promise<Channel> => {
    const members = new Set<Member>();
    const onSignal = (signal: Placed): void => {
      for (const { stream, joining } of members) {
        if (joining === undefined) stream.offer(signal);
        else joining.push(signal);
      }
    };
    const tail = createTail({ journal, tenantId, position: await journal.last(tenantId), onSignal, onError });
    return { tail, members };
  };

  const leave = (tenantId: string): void => {
    const entry = entries.get(tenantId);
    if (entry === undefined || --entry.users > 0) return;
    entries.delete(tenantId);
    entry.channel?.tail.stop().catch(onError);
  };

  return {
    enter: async (tenantId) => {
      const entry: Entry = entries.get(tenantId) ?? { users: 0, made: make(tenantId) };
      entries.set(tenantId, entry);
      entry.users++;
      try {
        return (entry.channel = await entry.made);
      } catch (error) {
        leave(tenantId);
        throw error;
      }
    },
    leave,
    find: (tenantId) => entries.get(tenantId)?.channel?.tail,
    all: () => [...entries.values()].flatMap(({ channel }) => (channel === undefined ? [] : [channel.tail])),
  };
};
