import { randomUUID } from 'node:crypto';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Answer } from '@riparo/shared/testing/http-client';
import { startBench, type Bench, type BenchOptions } from '../bench.js';
import { createFakeTickets } from './fake-tickets.js';

export const TOKEN = 'a-token-for-the-mail-door';
export const INBOX = 'support@riparo.test';

export interface Mail {
  readonly id: string;
  readonly status: string;
  readonly kind?: string;
  readonly reason?: string;
  readonly about?: { readonly kind: string; readonly id?: string; readonly number?: string };
  readonly authorUserId?: string;
  readonly text?: string;
  readonly shownText?: string;
  readonly subject?: string;
  readonly files: readonly { readonly name: string; readonly refusal?: string }[];
}

export interface MailRoom {
  readonly bench: Bench;
  readonly tickets: ReturnType<typeof createFakeTickets>;
  readonly rosa: PublishedUser;
  /** Of a member of the desk; tokens end as the clock goes on. */
  agentToken(): string;
  post(raw: Buffer, token?: string): Promise<Answer<{ readonly id: string; readonly status: string }>>;
  /** Posts a mail, has it gone through, and reads what became of it. */
  deliver(raw: Buffer): Promise<Mail>;
  read(id: string): Promise<Mail>;
  stop(): Promise<void>;
}

/** The notifications service with a door for mail, a customer and a stand-in for the tickets service. */
export const openMailRoom = async (options: BenchOptions = {}): Promise<MailRoom> => {
  const tickets = createFakeTickets();
  const bench = await startBench({
    ...options,
    parts: { tickets: tickets.client },
    config: { INBOUND_MAIL_TOKEN: TOKEN, INBOUND_MAIL_ADDRESS: INBOX, ...options.config },
  });
  const rosa = await bench.knowUser({
    email: 'rosa@customer.test',
    role: 'CUSTOMER_ADMIN',
    customerId: randomUUID(),
    name: 'Rosa Bianchi',
  });
  const agentToken = (): string => bench.tokenFor({ role: 'AGENT' });
  const post: MailRoom['post'] = (raw, token = TOKEN) =>
    bench.api.request('POST', '/inbound-mail', new Uint8Array(raw), {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    });
  const read = async (id: string): Promise<Mail> => (await bench.api.get<Mail>(`/inbound-mail/${id}`, { token: agentToken() })).body.data;
  return {
    bench,
    tickets,
    rosa,
    agentToken,
    post,
    read,
    deliver: async (raw) => {
      const { id } = (await post(raw)).body.data;
      await bench.service.readMails();
      return read(id);
    },
    stop: () => bench.stop(),
  };
};
