import { REPAIR_SOURCES, REPAIR_STATUSES, type RepairStatus } from '@riparo/shared/contracts/enums';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';
import { buildRepair, opened } from './repair.builder.js';

interface Listed {
  readonly id: string;
  readonly number: string;
  readonly status: RepairStatus;
  readonly source: string;
  readonly customerId: string;
  readonly assignedToUserId?: string;
  readonly device: { readonly serialNumber: string; readonly model: string };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly estimatedCompletionAt?: string;
}
type Query = Readonly<Record<string, string | undefined>>;
type Test = (repair: Listed, value: string) => boolean;

const isActive = ({ status }: Listed): boolean => status !== 'CLOSED' && status !== 'CANCELED';
const isInQueue = ({ status, assignedToUserId }: Listed): boolean =>
  assignedToUserId === undefined && REPAIR_STATUSES.indexOf(status) <= REPAIR_STATUSES.indexOf('QUALITY_CHECK');
const bare = (serialNumber: string): string => serialNumber.replace(/ /g, '').toLowerCase();

/** What each filter means, said once more and as simply as can be. */
const ORACLE: Readonly<Record<string, Test>> = {
  status: ({ status }, value) => status === value,
  source: ({ source }, value) => source === value,
  customerId: ({ customerId }, value) => customerId === value,
  assignedTo: ({ assignedToUserId }, value) => assignedToUserId === value,
  unassigned: (repair, value) => (value === 'true' ? isInQueue(repair) : repair.assignedToUserId !== undefined),
  active: (repair, value) => isActive(repair) === (value === 'true'),
  serialNumber: ({ device }, value) => bare(device.serialNumber) === bare(value),
  number: ({ number }, value) => number === value.toUpperCase(),
  from: ({ createdAt }, value) => Date.parse(createdAt) >= Date.parse(value),
  to: ({ createdAt }, value) => Date.parse(createdAt) < Date.parse(value),
  search: ({ device, number }, value) =>
    [device.model, device.serialNumber, number].some((text) =>
      text
        .toLowerCase()
        .split(' ')
        .some((word) => word.startsWith(value)),
    ),
};

const KEYS: Readonly<Record<string, (repair: Listed) => string>> = {
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  estimatedCompletionAt: ({ estimatedCompletionAt }) => estimatedCompletionAt ?? 'never',
};

const inOrder = (repairs: readonly Listed[], sort: string): readonly Listed[] => {
  const [keyOf, direction] = [KEYS[sort.replace('-', '')] ?? (() => ''), sort.startsWith('-') ? -1 : 1];
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...repairs].sort((a, b) => direction * (compare(keyOf(a), keyOf(b)) || compare(a.id, b.id)));
};

describe('GET /repairs', () => {
  let bench: Bench;
  let desk: Desk;
  let people: readonly (readonly [who: string, person: Person, sees: (repair: Listed) => boolean])[];
  let all: readonly Listed[];
  let values: Readonly<Record<string, readonly string[]>>;

  const listed = async (by: Person, query = '') => {
    const { status, body, text } = await bench.api.get<Listed[]>(`/repairs${query}`, by);
    expect(status, text).to.equal(200);
    return body;
  };

  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    const carlo = await bench.customer({ name: 'Carlo', surname: 'Neri' });
    const marco = await bench.technician();
    const { device } = buildRepair();
    for (const [index, status] of REPAIR_STATUSES.entries()) {
      const hasOutcome = index >= REPAIR_STATUSES.indexOf('COMPLETED') && !['CANCELED', 'CLOSED'].includes(status);
      const holder = hasOutcome ? desk.elena.caller.userId : [desk.elena.caller.userId, marco.caller.userId, null][index % 3];
      const sheet = { device: { ...device, model: ['T14', 'Air 13'][index % 2], serialNumber: `PF ${index % 5}x` } };
      const id = await desk.repairIn(status, { holder, sheet: { ...sheet, source: index % 2 === 0 ? 'PHONE' : 'COUNTER' } });
      if (index < 6)
        await bench.api.put(`/repairs/${id}`, { estimatedCompletionAt: `2026-03-${String(20 - index)}T10:00:00Z` }, desk.agent);
      bench.test.clock.advance(60_000);
    }
    for (const owner of [carlo, carlo, desk.rosa]) await opened(bench, owner);
    all = (await listed(desk.agent, '?pageSize=100')).data;
    const forTechnician =
      (id: string) =>
      (repair: Listed): boolean =>
        repair.assignedToUserId === id || isInQueue(repair);
    people = [
      ['an agent', desk.agent, () => true],
      ['a customer', desk.rosa, ({ customerId }) => customerId === desk.rosa.caller.customerId],
      ['another', carlo, ({ customerId }) => customerId === carlo.caller.customerId],
      ['a technician', desk.elena, forTechnician(desk.elena.caller.userId)],
      ['an engineer', bench.person('ENGINEER', { userId: marco.caller.userId }), forTechnician(marco.caller.userId)],
    ];
    const some = (all[9] as Listed).createdAt;
    values = {
      status: REPAIR_STATUSES,
      source: REPAIR_SOURCES,
      customerId: [desk.rosa, carlo].map(({ caller }) => caller.customerId as string),
      assignedTo: [desk.elena, marco].map(({ caller }) => caller.userId),
      unassigned: ['true', 'false'],
      active: ['true', 'false'],
      serialNumber: ['pf1X', 'P F 2 x'],
      number: [(all[3] as Listed).number.toLowerCase()],
      from: [some],
      to: [some],
      search: ['air', 't14', 'pf', 'rep-2026'],
    };
  });
  after(() => bench.stop());

  const matching = (sees: (repair: Listed) => boolean, query: Query): readonly Listed[] =>
    all.filter(
      (repair) => sees(repair) && Object.entries(query).every(([key, value]) => value === undefined || ORACLE[key]?.(repair, value)),
    );

  it('when a filter or role is taken, then there is something to find', () => {
    expect(all).to.have.length(REPAIR_STATUSES.length + 3);
    for (const [name, options] of Object.entries(values))
      for (const value of options) expect(matching(() => true, { [name]: value }).length, `${name}=${value}`).to.be.greaterThan(0);
    for (const [who, , sees] of people) expect(all.filter(sees), who).not.to.deep.equal([]);
  });

  it('when filters are combined, then what they mean comes, in order, and only what one may see', async () => {
    const filters = fc.record(Object.fromEntries(Object.entries(values).map(([name, options]) => [name, fc.constantFrom(...options)])));
    const sort = fc.constantFrom('', ...Object.keys(KEYS).flatMap((key) => [key, `-${key}`]));
    const names = fc.shuffledSubarray(Object.keys(values), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(filters, names, sort, fc.nat(people.length - 1), async (every, chosen, order, index) => {
        const [who, person, sees] = people[index] as (typeof people)[number];
        const query: Query = Object.fromEntries(chosen.map((name) => [name, every[name]]));
        const params = Object.entries({ ...query, sort: order === '' ? undefined : order, pageSize: '100' })
          .filter((entry): entry is [string, string] => entry[1] !== undefined)
          .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
          .join('&');
        const { data, pagination } = await listed(person, `?${params}`);
        const expected = inOrder(matching(sees, query), order === '' ? '-createdAt' : order);
        expect(
          data.map(({ id }) => id),
          `${who}: ${params}`,
        ).to.deep.equal(expected.map(({ id }) => id));
        expect(pagination.totalCount).to.equal(expected.length);
      }),
      { numRuns: 200 },
    );
  });

  it('when a customer lists repairs, then names show, and nothing of the timeline or the house', async () => {
    const { data } = await listed(desk.rosa, '?status=COMPLETED');
    expect(data[0]).to.deep.include({ customer: { id: desk.rosa.caller.customerId, name: 'Rosa Bianchi' } });
    expect(data[0]).to.deep.include({ assignedTo: { id: desk.elena.caller.userId, name: 'Elena' } });
    expect(data[0]).not.to.have.any.keys('activities', 'words', 'serialKey', 'dueOrder', 'holder', 'recentChanges', 'devicePassword');
  });

  it('when the query is wrong, then 422 names every fault', async () => {
    const query = '?status=GONE&assignedTo=me&number[$ne]=x&sort=amountDue&from=yesterday&tenantId=x';
    const { status, body } = await bench.api.get(`/repairs${query}`, desk.agent);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['status', 'assignedTo', 'number[$ne]', 'sort', 'from', 'tenantId']);
  });

  for (const search of ['.*', '(q+)+$', '^', '[', '$where', '{"$gt":""}'])
    it(`when searched for ${search}, then it is taken as it is`, async () => {
      expect((await listed(desk.agent, `?search=${encodeURIComponent(search)}`)).data).to.deep.equal([]);
    });

  describe('every list comes from an index', () => {
    const id = randomUUID();
    const CASES: readonly (readonly [who: 'agent' | 'rosa' | 'elena', query: string, ...fields: string[]])[] = [
      ['agent', '', 'createdAt'],
      ['agent', '?status=PENDING', 'status', 'createdAt'],
      ['agent', '?source=PORTAL', 'source', 'createdAt'],
      ['agent', '?active=true', 'active', 'createdAt'],
      ['agent', `?customerId=${id}`, 'customerId', 'createdAt'],
      ['agent', `?customerId=${id}&active=true`, 'customerId', 'createdAt'],
      ['agent', `?assetId=${id}`, 'assetId', 'createdAt'],
      ['agent', `?assignedTo=${id}`, 'holder', 'createdAt'],
      ['agent', '?unassigned=true', 'holder', 'createdAt'],
      ['agent', '?serialNumber=abc', 'serialKey', 'createdAt'],
      ['agent', '?number=REP-2026-000001', 'number', 'createdAt'],
      ['agent', '?from=2026-01-01&to=2026-02-01', 'createdAt'],
      ['agent', '?sort=updatedAt', 'updatedAt'],
      ['agent', '?sort=estimatedCompletionAt', 'dueOrder'],
      ['agent', '?active=true&sort=estimatedCompletionAt', 'active', 'dueOrder'],
      ['rosa', '', 'customerId', 'createdAt'],
      ['rosa', '?status=PENDING', 'customerId', 'status', 'createdAt'],
      ['rosa', '?sort=-updatedAt', 'customerId', 'updatedAt'],
      ['rosa', '?sort=estimatedCompletionAt', 'customerId', 'dueOrder'],
      ['elena', '', 'holder', 'createdAt'],
      ['elena', '?active=true', 'holder', 'createdAt'],
      ['elena', '?sort=-updatedAt', 'holder', 'updatedAt'],
      ['elena', '?sort=estimatedCompletionAt', 'holder', 'dueOrder'],
    ];
    for (const [who, query, ...fields] of CASES)
      it(`when ${who} asks for ${query || 'all'}, then an index answers`, async () => {
        const asked = await plansOf(bench.test.platform.connection, 'repairs', () => listed(desk[who], query));
        expectIndexed(asked, query, ['tenantId', ...fields]);
      });

    it('when repairs are searched, then only an index is looked at', async () => {
      const asked = await plansOf(bench.test.platform.connection, 'repairs', () => listed(desk.agent, '?search=thinkpad'));
      for (const { plan } of asked)
        expect(plan)
          .to.match(/IXSCAN/)
          .and.not.match(/COLLSCAN/);
    });
  });
});
