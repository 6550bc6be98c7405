import type { InvoiceEventV1, InvoiceKind, InvoiceStatus } from '@riparo/shared/contracts/invoices.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import { RepairCollected, RepairUpdated, type PublishedRepair, type RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import type { Answer, AnyData } from '@riparo/shared/testing/http-client';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person } from '../bench.js';

/** A document as tests read it from answers. */
export interface InvoiceView extends AnyData {
  readonly id: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly status: InvoiceStatus;
  readonly issuedOn: string;
  readonly net: { readonly amount: number };
  readonly vat: { readonly amount: number };
  readonly total: { readonly amount: number };
  readonly rounding?: { readonly amount: number };
  readonly paid: { readonly amount: number };
  readonly credited: { readonly amount: number };
  readonly left: { readonly amount: number };
  readonly lines: readonly PriceLine[];
  readonly vatGroups: readonly {
    readonly vatRate: number;
    readonly net: { readonly amount: number };
    readonly vat: { readonly amount: number };
  }[];
  readonly creditNotes: readonly { readonly id: string; readonly number: string; readonly total: { readonly amount: number } }[];
}

export type { Person };

export const euros = (amount: number) => ({ amount, currency: 'EUR' });

export const ROSSI: CustomerData = {
  type: 'BUSINESS',
  name: 'Rossi Srl',
  contactEmail: 'ufficio@rossi.example',
  vatNumber: '00743110157',
  sdiCode: 'M5UXCR1',
  billingAddress: { line1: 'Via Roma 1', city: 'Modena', state: 'MO', postalCode: '41121', country: 'IT' },
};
export const ROSA: CustomerData = { type: 'INDIVIDUAL', name: 'Rosa', surname: 'Bianchi', contactEmail: 'rosa@example.test' };

export const labour = (part: Partial<PriceLine> = {}): PriceLine => ({
  kind: 'LABOUR',
  description: 'Change the display',
  quantity: 1,
  unitPrice: euros(10_000),
  vatRate: 22,
  ...part,
});

/** A repair that is done, and was not paid. */
export const buildDone = (
  part: Partial<PublishedRepair> = {},
  amount = 12_200,
  lines: readonly PriceLine[] = [labour()],
): PublishedRepair =>
  buildPublishedRepair({
    status: 'READY_FOR_PICKUP',
    outcome: {
      type: 'COMPLETED',
      description: 'Changed the display',
      amount: euros(amount),
      lines,
      decidedAt: '2026-03-02T08:00:00.000Z',
      decidedByUserId: randomUUID(),
    },
    amountDue: euros(amount),
    ...part,
  });

export const paidWith = (repair: PublishedRepair, amount = repair.amountDue.amount): PublishedRepair => ({
  ...repair,
  amountPaid: euros(amount),
  payments: [{ id: randomUUID(), method: 'CARD', amount: euros(amount), at: '2026-03-02T08:30:00.000Z' }],
});

export interface Till extends Bench {
  readonly agent: Person;
  readonly admin: Person;
  readonly rosa: Person;
  readonly rossi: Person;
  /** The tickets service knows the repair, and has told about it. */
  tell(repair: PublishedRepair, version?: number, contract?: EventContract<RepairEventV1>): Promise<PublishedRepair>;
  collect(repair: PublishedRepair, version?: number): Promise<PublishedRepair>;
  ask(body: object, who?: Person, headers?: Record<string, string>): Promise<Answer<InvoiceView>>;
  /** Issues a document; fails unless it is issued. */
  issue(body: object): Promise<InvoiceView>;
  read(id: string, who?: Person): Promise<InvoiceView>;
  all(query?: string, who?: Person): Promise<readonly InvoiceView[]>;
  issued(): Promise<readonly InvoiceEventV1['invoice'][]>;
  settle(id: string, reason?: string): Promise<Answer<InvoiceView>>;
}

/** Billing with a company and a private person as customers. */
export const startTill = async (options: Parameters<typeof startBench>[0] = {}): Promise<Till> => {
  const bench = await startBench(options);
  const [rosa, rossi] = [await bench.customer(), await bench.customer({ type: 'BUSINESS', name: 'Rossi Srl' })];
  const [agent, admin] = [bench.person('AGENT'), bench.person('ADMIN')];
  bench.buyers.set(rosa.caller.customerId ?? '', ROSA);
  bench.buyers.set(rossi.caller.customerId ?? '', ROSSI);
  const till: Till = {
    ...bench,
    agent,
    admin,
    rosa,
    rossi,
    tell: async (repair, version = 1, contract = RepairUpdated) => {
      bench.known.set(repair.id, { ...repair, version });
      await bench.publish(contract, { repair, at: bench.clock.now().toISOString() }, { subject: repair.id, version });
      return repair;
    },
    collect: (repair, version = 1) => {
      const collected: PublishedRepair = { ...repair, status: 'CLOSED', collectedAt: bench.clock.now().toISOString() };
      return till.tell(collected, version, RepairCollected);
    },
    ask: (body, { token } = agent, headers = {}) => bench.api.post<InvoiceView>('/invoices', body, { token, headers }),
    issue: async (body) => {
      const { status, text, body: answer } = await till.ask(body);
      if (status !== 201) throw new Error(`${status}: ${text}`);
      return answer.data;
    },
    read: async (id, { token } = agent) => (await bench.api.get<InvoiceView>(`/invoices/${id}`, { token })).body.data,
    all: async (query = '', { token } = agent) => (await bench.api.get<readonly InvoiceView[]>(`/invoices${query}`, { token })).body.data,
    issued: async () => {
      await bench.idle();
      const told = bench.published.filter(({ type }) => type === 'riparo.billing.invoice-issued.v1');
      return told.map(({ data }) => (data as InvoiceEventV1).invoice);
    },
    settle: (id, reason = 'Wrong customer') => bench.api.post<InvoiceView>(`/invoices/${id}/credit`, { reason }, { token: admin.token }),
  };
  return till;
};
