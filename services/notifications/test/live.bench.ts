import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { TicketReplied } from '@riparo/shared/contracts/tickets.events';
import { openEventStream, type EventStream } from '@riparo/shared/testing/event-stream';
import { randomUUID } from 'node:crypto';
import { buildTicket, startBench, type Bench, type BenchOptions } from './bench.js';

/** Stands in for the services that are asked for views: says who sees what, as the test wants it. */
export interface TicketsStandIn {
  readonly url: string;
  readonly asked: readonly { readonly path: string; readonly token: string }[];
  /** What a path answers to a token; `undefined`: 404. */
  answer: (path: string, token: string) => unknown;
  /** The status of every answer, as long as it is set. */
  broken?: number | undefined;
  stop(): Promise<void>;
}

export const startTicketsStandIn = async (): Promise<TicketsStandIn> => {
  const asked: { path: string; token: string }[] = [];
  const server = createServer((request, response) => {
    const [path, token] = [request.url?.replace('/api/v1/', '') ?? '', request.headers.authorization?.slice('Bearer '.length) ?? ''];
    asked.push({ path, token });
    const data = standIn.broken === undefined ? standIn.answer(path, token) : undefined;
    response.writeHead(standIn.broken ?? (data === undefined ? 404 : 200), { 'content-type': 'application/json' });
    response.end(JSON.stringify(data === undefined ? { code: 'TICKET_NOT_FOUND', detail: 'There is no such ticket.' } : { data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: TicketsStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: () => undefined,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
};

export interface LiveBench extends Bench {
  readonly tickets: TicketsStandIn;
  readonly ticket: PublishedTicket;
  /** Somebody replied to the ticket; `text` becomes part of what everybody sees. */
  reply(text: string, part?: Partial<PublishedTicket>): Promise<void>;
  open(topics: string, token: string, lastEventId?: string): Promise<EventStream>;
  /** A caller with a token. */
  person(part: Partial<Caller> & Pick<Caller, 'role'>): { readonly caller: Caller; readonly token: string };
}

/** The bench with one ticket, which everybody sees at first. */
export const startLiveBench = async (options: BenchOptions = {}): Promise<LiveBench> => {
  const tickets = await startTicketsStandIn();
  const bench = await startBench({
    withoutSmtp: true,
    ...options,
    config: { TICKETS_URL: tickets.url, AUTH_URL: tickets.url, ...options.config },
  });
  const ticket = buildTicket();
  let [text, version] = ['as it was', 1];
  tickets.answer = (path) => ({ id: path.split('/').at(-1), text });
  const streams: EventStream[] = [];
  return {
    ...bench,
    tickets,
    ticket,
    reply: (next, part = {}) => {
      text = next;
      const data = { ticket: { ...ticket, ...part }, activityId: randomUUID(), body: next, byCustomer: false };
      return bench.publish(TicketReplied, data, { subject: ticket.id, version: ++version });
    },
    open: async (topics, token, lastEventId) => {
      const stream = await openEventStream(bench.url, { topics, token, lastEventId });
      streams.push(stream);
      return stream;
    },
    person: (part) => {
      const caller = bench.callerOf(part);
      return { caller, token: bench.tokenFor(caller) };
    },
    stop: async () => {
      for (const stream of streams) stream.close();
      await bench.stop();
      await tickets.stop();
    },
  };
};
