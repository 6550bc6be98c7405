import { seededIds } from '@riparo/shared/runtime/ids';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createTicketsService } from '../src/service.js';
import { opened } from './repair/repair.builder.js';
import { buildTicket, startBench, type Bench, type Person, type TicketView, ticketsConfig } from './bench.js';

describe('a request that runs again after a crash', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    rosa = await bench.customer();
  });
  afterEach(() => bench.stop());

  /** An instance that makes the ids of the first run again, as under an Idempotency-Key. */
  const again = async () => {
    const { connection } = bench.test.platform;
    const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    const ids = seededIds('the same key', bench.test.clock.now());
    const { api } = await other.startService((platform) => createTicketsService({ ...platform, ids }, ticketsConfig()));
    return { api, stop: () => other.stop() };
  };

  it('when it opened a ticket, then there is still one ticket and one place is taken', async () => {
    const elena = await bench.technician();
    const [first, second] = [await again(), await again()];
    const answers = [
      await first.api.post<TicketView>('/tickets', buildTicket(), rosa),
      await second.api.post<TicketView>('/tickets', buildTicket(), rosa),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(answers[1]?.body.data).to.include({
      id: answers[0]?.body.data.id,
      ticketNumber: 'TKT-2026-001',
      assignedToUserId: elena.user.id,
    });
    expect((await bench.api.get('/tickets', rosa)).body.pagination.totalCount).to.equal(1);
    for (const { stop } of [first, second]) await stop();
  });

  it('when it replied, then it is said once and told once', async () => {
    const { id } = await bench.open(rosa);
    for (const { api, stop } of [await again(), await again()]) {
      expect((await api.post(`/tickets/${id}/reply`, { body: 'Hello' }, rosa)).status).to.equal(201);
      await stop();
    }
    expect((await bench.read(rosa, id)).activities.filter(({ body }) => body === 'Hello')).to.have.length(1);
  });

  it('when it named the version it changed, then it is answered as the first time', async () => {
    const repair = await opened(bench, rosa);
    const ticket = await bench.open(rosa);
    for (const [path, version] of [
      [`/repairs/${repair.id}`, repair.version],
      [`/tickets/${ticket.id}`, (await bench.read(rosa, ticket.id)).version],
    ] as const) {
      const headers = { 'if-match': `"${String(version)}"` };
      for (const { api, stop } of [await again(), await again()]) {
        const { status, text } = await api.post(`${path}/reply`, { body: 'Hello' }, { ...rosa, headers });
        expect(status, text).to.equal(201);
        await stop();
      }
      expect((await bench.api.post(`${path}/reply`, { body: 'Too late' }, { ...rosa, headers })).status).to.equal(412);
    }
  });
});

describe('tenants', () => {
  it('when somebody of another tenant asks, then nothing of this one exists', async () => {
    const bench = await startBench();
    const rosa = await bench.customer();
    const { id } = await bench.open(rosa);
    const stranger = bench.person('SUPER_ADMIN', { tenantId: 'another' });
    expect((await bench.api.get('/tickets', stranger)).body.pagination.totalCount).to.equal(0);
    expect((await bench.api.get(`/tickets/${id}`, stranger)).status).to.equal(404);
    expect((await bench.api.patch(`/tickets/${id}/status`, { status: 'CLOSED' }, stranger)).status).to.equal(404);
    await bench.stop();
  });
});
