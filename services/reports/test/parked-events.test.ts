import { randomUUID } from 'node:crypto';
import { parkedEventBusy, parkedEventNotFound, type ParkedView } from '@riparo/shared/composition/parked-door';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { unavailable } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { expect } from 'chai';
import { buildTicket, startBench, type Bench } from './bench.js';

/** What another service has parked; `away` and `busy` are what it answers instead. */
const createOther = (consumer: ParkedView['consumer']) => {
  const state = { parked: [] as ParkedView[], away: false, busy: false };
  const client: InternalClient = {
    get: <T>() => (state.away ? Promise.reject(unavailable(`The ${consumer} service`)) : Promise.resolve(state.parked as T)),
    post: <T>(_path: string, body: unknown) => {
      if (state.away) return Promise.reject(unavailable(`The ${consumer} service`));
      const { id } = body as { readonly id: string };
      if (!state.parked.some((parked) => parked.id === id)) return Promise.reject(parkedEventNotFound());
      if (state.busy) return Promise.reject(parkedEventBusy());
      state.parked = state.parked.filter((parked) => parked.id !== id);
      return Promise.resolve({ replayed: true } as T);
    },
  };
  return { state, client };
};

const ofAnother = (consumer: ParkedView['consumer'], parkedAt: string): ParkedView => ({
  ...{ id: randomUUID(), consumer, eventId: 'e1', type: 'riparo.auth.user-updated.v1', subject: randomUUID() },
  ...{ occurredAt: parkedAt, parkedAt, attempts: 5, error: 'failed 5 times' },
});

describe('Parked events', () => {
  let bench: Bench;
  const start = async () => {
    const others = {
      auth: createOther('auth'),
      tickets: createOther('tickets'),
      assets: createOther('assets'),
      billing: createOther('billing'),
      notifications: createOther('notifications'),
    };
    const [{ client: auth }, { client: tickets }, { client: assets }] = [others.auth, others.tickets, others.assets];
    bench = await startBench({ auth, tickets, assets, billing: others.billing.client, notifications: others.notifications.client });
    return others;
  };
  afterEach(() => bench.stop());

  const admin = () => bench.world.tokenFor({ role: 'ADMIN' });
  const list = async (query = '', token = admin()) => {
    const answer = await bench.api.get<readonly ParkedView[]>(`/parked-events${query}`, { token });
    expect(answer.status, answer.text).to.equal(200);
    return answer.body;
  };
  const replay = (id: string, token = admin()) => bench.api.post<{ consumer: string }>(`/parked-events/${id}/replay`, {}, { token });

  const refusal = async (id: string) => {
    const { status, body } = await replay(id);
    return `${status} ${(body as { readonly code?: string }).code}`;
  };

  /** As the bus of one process keeps them. */
  const park = async (event: object, reason = 'failed 5 times', id: string = randomUUID()) => {
    const body = JSON.stringify(event);
    const parked = { queue: 'reports', id, reason, parkedAt: '2026-03-02T09:00:00.000Z', attempts: 5, body, revision: 1 };
    await bench.world.platform.connection.collection<{ _id: string }>('parkedEvents').insertOne({ _id: `reports|${id}`, ...parked });
    return id;
  };
  const opened = (tenantid = DEFAULT_TENANT) => {
    const ticket = buildTicket();
    const id = `${ticket.id}.1.0`;
    return {
      ...{ specversion: '1.0', id, source: '/riparo/tickets', type: 'riparo.tickets.ticket-opened.v1', subject: ticket.id },
      ...{ time: ticket.createdAt, datacontenttype: 'application/json', tenantid, aggregateversion: 1, data: { ticket } },
    };
  };
  const ticketCount = () => bench.world.platform.connection.collection('tickets').countDocuments();

  it('when services gave up on events, then one list has them all, newest first, without their data', async () => {
    const others = await start();
    others.tickets.state.parked = [ofAnother('tickets', '2026-03-01T09:00:00.000Z')];
    others.billing.state.parked = [ofAnother('billing', '2026-03-03T09:00:00.000Z')];
    const event = opened();
    await park(event, 'failed 5 times', event.id);
    const { data, pagination } = await list();
    expect(data.map(({ consumer }) => consumer)).to.deep.equal(['billing', 'reports', 'tickets']);
    expect(pagination).to.deep.include({ totalCount: 3, totalPages: 1 });
    expect(data[1]).to.deep.include({ eventId: event.id, type: event.type, subject: event.subject, attempts: 5, error: 'failed 5 times' });
    expect(JSON.stringify(data)).not.to.contain(event.data.ticket.title);
    expect((await list('?page=2&pageSize=2')).data.map(({ consumer }) => consumer)).to.deep.equal(['tickets']);
    expect((await list('?consumer=tickets&sort=parkedAt')).data.map(({ consumer }) => consumer)).to.deep.equal(['tickets']);
  });

  it('when an error quotes secrets, then they are cut out', async () => {
    await start();
    const [password, token] = ['hunter2-and-more', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIiwiYSI6MX0.c2lnbmF0dXJlLW9mLWEtdG9rZW4'];
    await park(opened(), `amqp://riparo:${password}@rabbitmq refused {"password":"${password}"} Bearer ${token} and ${token}`);
    const text = JSON.stringify((await list()).data);
    expect(text).to.contain('rabbitmq refused');
    for (const secret of [password, token, ...token.split('.')]) expect(text).not.to.contain(secret);
  });

  it('when one is replayed, then the service handles it and the list is without it; again is 404', async () => {
    await start();
    const event = opened();
    await park(event, 'failed 5 times', event.id);
    const [parked] = (await list()).data;
    const answer = await replay(parked!.id);
    expect([answer.status, answer.body.data.consumer]).to.deep.equal([202, 'reports']);
    expect([(await list()).data, await ticketCount()]).to.deep.equal([[], 1]);
    expect(await refusal(parked!.id)).to.equal('404 PARKED_EVENT_NOT_FOUND');
  });

  it('when many replay one at once, then it is handed back once and nobody is told an error of ours', async () => {
    await start();
    const event = opened();
    await park(event, 'failed 5 times', event.id);
    const [parked] = (await list()).data;
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => replay(parked!.id)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).to.have.lengthOf(1);
    for (const status of statuses) expect(status).to.be.oneOf([202, 404, 409]);
    expect([(await list()).data, await ticketCount()]).to.deep.equal([[], 1]);
  });

  it('when it fails again, then it is back in the list with the new reason', async () => {
    await start();
    await park({ ...opened(), data: {} }, 'an old reason');
    const [parked] = (await list()).data;
    expect((await replay(parked!.id)).status).to.equal(202);
    const [again, ...rest] = (await list()).data;
    expect(again).to.deep.include({ consumer: 'reports', attempts: 1 });
    expect(again?.error).to.contain('"ticket" is required');
    expect(rest).to.deep.equal([]);
  });

  it('when another service has it, then it is told; busy there is 409, away is 503 and no "not found"', async () => {
    const { tickets, billing } = await start();
    const parked = ofAnother('tickets', '2026-03-01T09:00:00.000Z');
    tickets.state.parked = [parked];
    tickets.state.busy = true;
    expect(await refusal(parked.id)).to.equal('409 PARKED_EVENT_BUSY');
    Object.assign(tickets.state, { busy: false, away: true });
    expect(await refusal(parked.id)).to.equal('503 DEPENDENCY_UNAVAILABLE');
    expect((await bench.api.get('/parked-events', { token: admin() })).status).to.equal(503);
    expect((await list('?consumer=reports')).data).to.deep.equal([]);
    Object.assign(tickets.state, { away: false });
    billing.state.away = true;
    expect((await replay(parked.id)).status).to.equal(202);
  });

  it('when the event is of another tenant, then it is neither shown nor replayed', async () => {
    await start();
    await park(opened('elsewhere'));
    const theirs = (await list('', bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' }))).data;
    expect(theirs).to.have.lengthOf(1);
    expect((await list()).data).to.deep.equal([]);
    expect((await replay(theirs[0]!.id)).status).to.equal(404);
  });

  it('when a message cannot be read, then it is shown without its content', async () => {
    await start();
    const id = randomUUID();
    const parked = { queue: 'reports', id, reason: 'the message is not JSON', parkedAt: '2026-03-02T09:00:00.000Z' };
    const broken = { _id: `reports|${id}`, ...parked, body: '{"password":"open sesame"', revision: 1 };
    await bench.world.platform.connection.collection<{ _id: string }>('parkedEvents').insertOne(broken);
    const [shown] = (await list()).data;
    expect(shown).to.have.all.keys('id', 'consumer', 'parkedAt', 'error');
    expect(JSON.stringify(shown)).not.to.contain('sesame');
  });

  it('when the caller is no administrator, then 403', async () => {
    await start();
    const token = bench.world.tokenFor({ role: 'AGENT' });
    expect((await bench.api.get('/parked-events', { token })).status).to.equal(403);
    expect((await replay(randomUUID(), token)).status).to.equal(403);
  });
});
