import { API_PREFIX } from '../http/path.js';
import { eventually } from './eventually.js';

/** One server-sent event as a browser would see it. */
export interface SeenEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  /** Of a refusal. */
  readonly problem: Readonly<Record<string, unknown>>;
  /** Everything told so far. */
  readonly events: readonly SeenEvent[];
  /** Those without a name of their own, and those that say that something is gone: what live updates are about. */
  changes(): readonly SeenEvent[];
  /** The place that a browser would come back with. */
  lastEventId(): string;
  /** Waits until an event fits. */
  next(fits: (event: SeenEvent) => boolean): Promise<SeenEvent>;
  /** Resolves when the server has ended the stream or the connection is lost. */
  readonly ended: Promise<void>;
  close(): void;
}

export interface StreamRequest {
  readonly topics: string;
  readonly token: string;
  readonly lastEventId?: string | undefined;
}

const fieldOf = (line: string): readonly [string, string] => {
  const [name = '', ...rest] = line.split(':');
  return [name, rest.join(':').replace(/^ /, '')];
};

/** Reads a stream as the HTML standard says (9.2.6). */
const createReader = () => {
  const events: SeenEvent[] = [];
  let [rest, id] = ['', ''];
  const take = (block: string): void => {
    const fields = new Map(block.split('\n').map(fieldOf));
    id = fields.get('id') ?? id;
    const data = fields.get('data');
    if (data !== undefined) events.push({ event: fields.get('event') ?? 'message', id, data: JSON.parse(data) as SeenEvent['data'] });
  };
  return {
    events,
    lastEventId: () => id,
    push: (text: string): void => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      blocks.forEach(take);
    },
  };
};

/** Opens `GET /events/stream`; resolves when it is refused, has ended, or tells of everything that happens from then on. */
export const openEventStream = async (baseUrl: string, { topics, token, lastEventId }: StreamRequest): Promise<EventStream> => {
  const leaving = new AbortController();
  const response = await fetch(`${baseUrl}${API_PREFIX}/events/stream?topics=${encodeURIComponent(topics)}`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: leaving.signal,
  });
  const reader = createReader();
  const problem = response.ok ? {} : ((await response.json()) as EventStream['problem']);
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) reader.push(decoder.decode(chunk as Uint8Array, { stream: true }));
  };
  // A connection that is cut ends the stream as well.
  const ended = response.ok ? Promise.allSettled([read()]).then(() => undefined) : Promise.resolve();
  const next: EventStream['next'] = (fits) => eventually(() => Promise.resolve(reader.events.find(fits)));
  if (response.ok) await Promise.race([next(({ event }) => event === 'ready'), ended]);
  return {
    status: response.status,
    headers: response.headers,
    problem,
    events: reader.events,
    changes: () => reader.events.filter(({ event }) => event === 'message' || event === 'gone'),
    lastEventId: reader.lastEventId,
    next,
    ended,
    close: () => leaving.abort(),
  };
};
