import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { CustomerUpdated } from '@riparo/shared/contracts/auth.events';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { buildCustomer, buildLocation, startBench, type Bench } from './bench.js';

describe('A customer made at the desk a moment ago', () => {
  let bench: Bench;
  const known = new Map<string, object>();
  let asked: string[] = [];
  let away = false;
  const auth: InternalClient = {
    get: async <T>(path: string): Promise<T> => {
      asked.push(path);
      if (away) throw unavailable('The auth service');
      const found = known.get(/customers\/([^?]+)/.exec(path)![1]!);
      if (found === undefined) throw notFound('customer');
      return found as T;
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  before(async () => (bench = await startBench({ parts: { auth } })));
  after(() => bench.stop());
  beforeEach(() => {
    asked = [];
    away = false;
  });

  const addLocation = (customerId: string) =>
    bench.api.post('/locations', { ...buildLocation(), customerId }, { token: bench.staff().token });

  it('when it is asked for twice, then it is looked up once where customers are kept', async () => {
    const customer = buildCustomer();
    known.set(customer.id, { ...customer, version: 1 });
    expect((await addLocation(customer.id)).status).to.equal(201);
    expect((await addLocation(customer.id)).status).to.equal(201);
    expect(asked).to.deep.equal([`/internal/customers/${customer.id}?tenantId=default`]);
  });

  it('when an event tells of it later, then that counts', async () => {
    const customer = buildCustomer();
    known.set(customer.id, { ...customer, version: 1 });
    await addLocation(customer.id);
    await bench.world.publish(
      CustomerUpdated,
      { customer: { ...customer, status: 'CLOSED' as const } },
      { subject: customer.id, version: 2 },
    );
    expect((await addLocation(customer.id)).body.code).to.equal('CUSTOMER_CLOSED');
  });

  it('when nobody knows it, then 404, and when nobody can tell, then 503', async () => {
    const id = randomUUID();
    expect((await addLocation(id)).status).to.equal(404);
    away = true;
    expect((await addLocation(id)).status).to.equal(503);
  });

  it('when a customer names it, then 404, and nobody looks it up', async () => {
    const rossi = await bench.customer();
    const other = buildCustomer();
    known.set(other.id, { ...other, version: 1 });
    const answer = await bench.api.post('/locations', { ...buildLocation(), customerId: other.id }, { token: rossi.token });
    expect(answer.status).to.equal(404);
    expect(asked).to.deep.equal([]);
  });
});
