import { APPROVAL_AUDIENCE } from '@riparo/shared/http/approvals';
import { TOKEN_ISSUER } from '@riparo/shared/http/authenticate';
import type { Answer } from '@riparo/shared/testing/http-client';
import { TEST_KID } from '@riparo/shared/testing/test-tokens';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { ReservedPart } from '../../src/repair/parts/find-reserved.js';
import { at, booked, MONDAY } from '../appointment/appointment.builder.js';
import { startBench, type Bench, type BenchOptions, type Person, type TicketView } from '../bench.js';

/** A report as tests read it from answers. */
export interface ReportView {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly reportVersion: number;
  readonly status: string;
  readonly documentHash?: string;
  readonly technicianIds: readonly string[];
  readonly total?: { readonly amount: number; readonly currency: string };
  readonly lines: readonly { readonly kind: string; readonly unitPrice: { readonly amount: number }; readonly quantity: number }[];
  readonly versions: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Tuesday 2026-03-03, 11:00 in Rome: an hour after the visit has begun. */
export const LATER = '2026-03-03T10:00:00Z';

/** What a technician writes; the times are those of the visit. */
export const buildContent = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  malfunctions: [{ component: 'Power supply', symptom: 'Does not start', cause: 'Lightning' }],
  solution: 'Replaced the power supply and tested for an hour.',
  startedAt: '2026-03-03T09:00:00Z',
  endedAt: '2026-03-03T09:50:00Z',
  ...overrides,
});

export const buildReserved = (overrides: Partial<ReservedPart> = {}): ReservedPart => ({
  id: randomUUID(),
  partId: randomUUID(),
  name: 'Power supply 65 W',
  quantity: 2,
  state: 'RESERVED',
  unitPrice: { amount: 4_500, currency: 'EUR' },
  vatRate: 22,
  charge: 'BILLED',
  ...overrides,
});

/** A customer with a device at home, a desk, two technicians. */
export interface Field {
  readonly bench: Bench;
  readonly rosa: Awaited<ReturnType<Bench['customer']>>;
  readonly agent: Person;
  readonly elena: Awaited<ReturnType<Bench['technician']>>;
  readonly luca: Awaited<ReturnType<Bench['technician']>>;
  readonly assetId: string;
  readonly locationId: string;
  /** A ticket of Rosa's that Elena has. */
  ticket(overrides?: object): Promise<TicketView>;
  /** Elena is at the customer's. */
  visit(ticket: Pick<TicketView, 'id'>): Promise<string>;
  start(ticketId: string, by?: Person, body?: object): Promise<Answer<ReportView>>;
  patch(id: string, body: object, by?: Person, headers?: Record<string, string>): Promise<Answer<ReportView>>;
  act(id: string, what: string, body?: object, by?: Person, headers?: Record<string, string>): Promise<Answer<ReportView>>;
  read(id: string, by?: Person): Promise<Answer<ReportView>>;
  /** A closed report of a visit of Elena's, or of what she did from afar. */
  closed(ticket?: Pick<TicketView, 'id'>, visited?: boolean): Promise<ReportView & { readonly documentHash: string }>;
  /** What `POST /auth/approvals` would have answered on the device of `on`. */
  approvalToken(reportId: string, on: Person, claims?: object): string;
  pdf(id: string, by?: Person, query?: string): Promise<{ readonly status: number; readonly bytes: Buffer }>;
  upload(by: Person, bytes?: Buffer): Promise<string>;
  stop(): Promise<void>;
}

export const photo = (colour = '#2244cc', width = 400, height = 300): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

export const startField = async (options: BenchOptions = {}): Promise<Field> => {
  const bench = await startBench({ now: MONDAY, ...options });
  const { api, test } = bench;
  const rosa = await bench.customer();
  const agent = bench.person('AGENT');
  const [elena, luca] = [await bench.technician({ name: 'Elena' }), await bench.technician({ name: 'Luca' })];
  const { id: locationId } = await bench.location({ customerId: rosa.customer.id });
  const { id: assetId } = await bench.asset({ customerId: rosa.customer.id, locationId });
  const act: Field['act'] = (id, what, body, by = elena, headers = {}) => api.post(`/work-reports/${id}/${what}`, body, { ...by, headers });
  const patch: Field['patch'] = (id, body, by = elena, headers = {}) => api.patch(`/work-reports/${id}`, body, { ...by, headers });
  const start: Field['start'] = (ticketId, by = elena, body = {}) => api.post(`/tickets/${ticketId}/work-reports`, body, by);
  const ticket: Field['ticket'] = async (overrides = {}) => {
    const opened = await bench.open(rosa, { assetId, locationId, ...overrides });
    // The rules may have chosen Elena. What a person says by hand stays hers, however far the clock is set.
    for (const { user } of [luca, elena]) {
      const { status, text } = await api.post(`/tickets/${opened.id}/assign`, { technicianId: user.id }, agent);
      expect(status, text).to.equal(200);
    }
    return opened;
  };
  const visit: Field['visit'] = async ({ id }) => {
    test.clock.set(MONDAY);
    const { id: appointmentId } = await booked(
      bench,
      agent,
      { id },
      { type: 'ONSITE_VISIT', technicianId: elena.user.id, locationId, ...at('2026-03-03', '10:00') },
    );
    test.clock.set(LATER);
    const body = { status: 'IN_PROGRESS', actualStartAt: '2026-03-03T09:00:00Z' };
    expect((await api.post(`/appointments/${appointmentId}/status`, body, elena)).status).to.equal(200);
    return appointmentId;
  };
  const pdf: Field['pdf'] = async (id, by = elena, query = '') => {
    const response = await fetch(`${bench.baseUrl}/api/v1/work-reports/${id}/report.pdf${query}`, {
      headers: { authorization: `Bearer ${by.token}` },
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  return {
    ...{ bench, rosa, agent, elena, luca, assetId, locationId, ticket, visit, start, patch, act, pdf },
    read: (id, by = agent) => api.get(`/work-reports/${id}`, by),
    closed: async (about, visited = true) => {
      const { id: ticketId } = about ?? (await ticket());
      if (visited) await visit({ id: ticketId });
      const { body, text } = await start(ticketId);
      expect(body.data.id, text).to.be.a('string');
      await patch(body.data.id, buildContent());
      const closed = await act(body.data.id, 'close');
      expect(closed.status, closed.text).to.equal(200);
      return closed.body.data as ReportView & { documentHash: string };
    },
    approvalToken: (reportId, on, claims = {}) =>
      jsonwebtoken.sign(
        {
          ...{ jti: randomUUID(), sub: rosa.caller.userId, tenant: 'default', name: 'Rosa Bianchi', role: 'CUSTOMER_USER' },
          ...{ customer: rosa.customer.id, epoch: 1, requestedBy: on.caller.userId, purpose: 'sign:work-report', subjectId: reportId },
          ...{ typ: 'approval', iss: TOKEN_ISSUER, aud: APPROVAL_AUDIENCE, exp: Math.floor(test.clock.now().getTime() / 1000) + 300 },
          ...claims,
        },
        test.tokens.privateKey,
        { algorithm: 'RS256', keyid: TEST_KID },
      ),
    upload: async (by, bytes) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes ?? (await photo()))]), 'photo.jpg');
      return (await api.request('POST', '/attachments', form, { token: by.token })).body.data.id;
    },
    stop: () => bench.stop(),
  };
};
