import { expect } from 'chai';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { startBench, type Bench } from './bench.js';

const ID = '018f0000-0000-7000-8000-000000000000';

/** `path?query`, the collection, and the field whose index must answer it. */
const LISTS = [
  ['/users', 'users', 'createdAt'],
  ['/users?sort=name', 'users', 'name'],
  ['/users?role=TECH', 'users', 'role'],
  ['/users?status=DISABLED', 'users', 'status'],
  [`/users?customerId=${ID}`, 'users', 'customerId'],
  [`/users?customerId=${ID}&status=ACTIVE&sort=createdAt`, 'users', 'customerId'],
  ['/registrations', 'users', 'registration.status'],
  ['/registrations?status=PENDING', 'users', 'registration.status'],
  ['/technicians', 'users', 'role'],
  ['/technicians?skill=HARDWARE&region=Piemonte', 'users', 'role'],
  ['/customers', 'customers', 'createdAt'],
  ['/customers?sort=name', 'customers', 'name'],
  ['/customers?status=CLOSED', 'customers', 'status'],
  ['/customers?type=BUSINESS&sort=createdAt', 'customers', 'type'],
] as const;

/** What a search finds has no order of its own: the few that match are sorted. */
const SEARCHES = [
  ['name', '/customers?search=rossi', 'customers'],
  ['name and surname', '/customers?search=mario+rossi', 'customers'],
  ['e-mail', '/customers?search=mario.rossi@example.test', 'customers'],
  ['phone', '/customers?search=%2B39+333+1234567', 'customers'],
  ['phone with zeros in front', '/customers?search=0039+333+1234567', 'customers'],
  ['fiscal code', '/customers?search=RCCMNL83S18D969H', 'customers'],
  ['VAT number', '/customers?search=IT00743110157', 'customers'],
  ['name', '/users?search=ada', 'users'],
] as const;

describe('lists of the auth service', () => {
  let bench: Bench;
  let token: string;
  before(async () => {
    bench = await startBench();
    token = bench.tokenFor({ role: 'ADMIN' });
  });
  after(() => bench.stop());

  const plans = (path: string, collection: string) =>
    plansOf(bench.platform.connection, collection, async () => {
      const { status, text } = await bench.api.get(path, { token });
      expect(status, text).to.equal(200);
    });

  for (const [path, collection, field] of LISTS) {
    it(`when ${path} is asked, then an index answers, in its order`, async () => {
      expectIndexed(await plans(path, collection), path, ['tenantId', field]);
    });
  }

  for (const [what, path, collection] of SEARCHES) {
    it(`when ${path} searches by ${what}, then only what begins like it is looked at`, async () => {
      // Beyond the last page, where the total has to be counted too.
      const asked = await plans(`${path}&page=2`, collection);
      expectIndexed(
        asked.filter(({ command }) => command === 'aggregate'),
        path,
        ['tenantId', 'searchTerms'],
      );
      for (const { plan } of asked) expect(plan).to.include('"searchTerms"').and.not.include('COLLSCAN');
    });
  }

  it('when the desk makes a customer, then an index finds those to compare it with', async () => {
    const body = { type: 'NONPROFIT', name: 'Club', contactEmail: 'club@example.test', contactPhone: '+39 011 4444444' };
    // The client of the tests reads the first one that is made.
    await bench.api.post('/customers', { ...body, contactEmail: 'first@example.test' }, { token });
    const asked = await plansOf(bench.platform.connection, 'customers', () => bench.api.post('/customers', body, { token }));
    for (const { plan } of asked) expect(plan).to.include('IXSCAN').and.not.include('COLLSCAN');
    expect(asked).to.have.length(1);
  });
});
