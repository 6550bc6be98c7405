import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STAGES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { expect } from 'chai';
import fc from 'fast-check';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

interface Listed extends TicketView {
  readonly priority: (typeof TICKET_PRIORITIES)[number];
  readonly category: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly slaDueAt?: string;
  readonly title: string;
}

type Query = Readonly<Record<string, string | undefined>>;
type Test = (ticket: Listed, value: string) => boolean;

/** No clock may change what the test has read. */
const NEVER = '0 0 0 29 2 *';

const isActive = ({ status }: Listed): boolean => status !== 'RESOLVED' && status !== 'CLOSED';
const isTrue = (value: string): boolean => value === 'true';

/** What each filter means, said once more and as simply as can be. */
const oracle = (now: number): Readonly<Record<string, Test>> => ({
  status: ({ status }, value) => status === value,
  stage: ({ stage }, value) => stage === value,
  priority: ({ priority }, value) => priority === value,
  category: ({ category }, value) => category === value,
  customerId: ({ customerId }, value) => customerId === value,
  assetId: ({ assetId }, value) => assetId === value,
  locationId: ({ locationId }, value) => locationId === value,
  assignedTo: ({ assignedToUserId }, value) => assignedToUserId === value,
  unassigned: (ticket, value) =>
    isTrue(value) ? isActive(ticket) && ticket.assignedToUserId === undefined : ticket.assignedToUserId !== undefined,
  active: (ticket, value) => isActive(ticket) === isTrue(value),
  overdue: (ticket, value) => (isActive(ticket) && ticket.slaDueAt !== undefined && Date.parse(ticket.slaDueAt) < now) === isTrue(value),
  from: ({ createdAt }, value) => Date.parse(createdAt) >= Date.parse(value),
  to: ({ createdAt }, value) => Date.parse(createdAt) < Date.parse(value),
  search: ({ title }, value) =>
    title
      .toLowerCase()
      .split(' ')
      .some((word) => word.startsWith(value)),
});

const KEYS: Readonly<Record<string, (ticket: Listed) => string | number>> = {
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  slaDueAt: ({ slaDueAt }) => slaDueAt ?? 'never',
  priority: ({ priority }) => TICKET_PRIORITIES.indexOf(priority),
};

const inOrder = (tickets: readonly Listed[], sort: string): readonly Listed[] => {
  const [keyOf, direction] = [KEYS[sort.replace('-', '')] ?? (() => 0), sort.startsWith('-') ? -1 : 1];
  const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...tickets].sort((a, b) => direction * (compare(keyOf(a), keyOf(b)) || compare(a.id, b.id)));
};

describe('GET /tickets, every filter with every other', () => {
  let bench: Bench;
  let agent: Person;
  let people: readonly (readonly [who: string, person: Person, sees: (ticket: Listed) => boolean])[];
  let all: readonly Listed[];
  let values: Readonly<Record<string, readonly string[]>>;

  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '4', TICKET_CLOCK_CRON: NEVER } });
    agent = bench.person('AGENT');
    const [rosa, carlo] = [await bench.customer(), await bench.customer({ name: 'Carlo', surname: 'Neri' })];
    const [elena, marco] = [await bench.technician(), await bench.technician()];
    const [laptop, server] = [await bench.asset({ customerId: rosa.customer.id }), await bench.asset({ customerId: carlo.customer.id })];
    const words = ['Black screen', 'No sound', 'Wet keyboard', 'Slow screen'];
    for (let index = 0; index < 24; index++) {
      const [owner, device] = index % 3 === 0 ? [carlo, server] : [rosa, laptop];
      const { id } = await bench.open(owner, {
        title: words[index % words.length],
        description: 'As above.',
        priority: TICKET_PRIORITIES[index % 4],
        category: TICKET_CATEGORIES[index % 5],
        ...(index % 2 === 0 ? { assetId: device.id } : {}),
      });
      const status = ['OPEN', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED', 'OPEN', 'OPEN'][index % 7];
      bench.test.clock.advance(40 * 60_000);
      const resolution = status === 'RESOLVED' ? { resolution: 'Done' } : {};
      if (status !== 'OPEN') await bench.api.patch(`/tickets/${id}/status`, { status, ...resolution }, agent);
      if (index % 8 === 7) await bench.api.post(`/tickets/${id}/assign`, { technicianId: marco.user.id }, agent);
    }
    bench.test.clock.set('2026-03-04T12:00:00Z');
    agent = { ...agent, token: bench.test.tokenFor(agent.caller) };
    const fresh = (person: Person): Person => ({ ...person, token: bench.test.tokenFor(person.caller) });
    const forTechnician =
      (id: string) =>
      (ticket: Listed): boolean =>
        ticket.assignedToUserId === id || (isActive(ticket) && ticket.assignedToUserId === undefined);
    people = [
      ['an agent', agent, () => true],
      ['a customer', fresh(rosa), ({ customerId }) => customerId === rosa.customer.id],
      ['a technician', fresh(elena), forTechnician(elena.user.id)],
      ['an engineer', bench.person('ENGINEER', { userId: marco.user.id }), forTechnician(marco.user.id)],
    ];
    const { body } = await bench.api.get<Listed[]>('/tickets?pageSize=100', agent);
    all = body.data;
    const some = (all[11] as Listed).createdAt;
    values = {
      status: TICKET_STATUSES,
      stage: TICKET_STAGES,
      priority: TICKET_PRIORITIES,
      category: TICKET_CATEGORIES,
      customerId: [rosa.customer.id, carlo.customer.id],
      assetId: [laptop.id, server.id],
      locationId: [laptop.locationId, server.locationId],
      assignedTo: [elena.user.id, marco.user.id],
      unassigned: ['true', 'false'],
      active: ['true', 'false'],
      overdue: ['true', 'false'],
      from: [some],
      to: [some],
      search: ['screen', 'so', 'black', 'wet'],
    };
  });
  after(() => bench.stop());

  const matching = (sees: (ticket: Listed) => boolean, query: Query): readonly Listed[] => {
    const tests = oracle(bench.test.clock.now().getTime());
    return all.filter(
      (ticket) => sees(ticket) && Object.entries(query).every(([key, value]) => value === undefined || tests[key]?.(ticket, value)),
    );
  };

  it('when a filter or role is taken, then there is something to find', () => {
    expect(all).to.have.length(24);
    for (const [name, options] of Object.entries(values))
      for (const value of options) {
        // Nothing was opened in the last of the categories.
        if (name === 'category' && value === TICKET_CATEGORIES[5]) continue;
        expect(
          matching(() => true, { [name]: value }),
          `${name}=${value}`,
        ).not.to.deep.equal([]);
      }
    for (const [who, , sees] of people) expect(all.filter(sees), who).not.to.deep.equal([]);
  });

  it('when filters are combined, then what they mean comes, in order, and only what one may see', async () => {
    const filters = fc.record(
      Object.fromEntries(
        Object.entries(values).map(([name, options]) => [name, fc.option(fc.constantFrom(...options), { nil: undefined, freq: 2 })]),
      ),
    );
    const sort = fc.constantFrom('', ...Object.keys(KEYS).flatMap((field) => [field, `-${field}`]));
    await fc.assert(
      fc.asyncProperty(filters, sort, fc.nat(people.length - 1), async (query, order, index) => {
        const [who, person, sees] = people[index] as (typeof people)[number];
        const params = Object.entries({ ...query, sort: order === '' ? undefined : order, pageSize: '100' })
          .filter((entry): entry is [string, string] => entry[1] !== undefined)
          .map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
        const { status, body, text } = await bench.api.get<Listed[]>(`/tickets?${params.join('&')}`, person);
        expect(status, text).to.equal(200);
        const expected = inOrder(matching(sees, query), order === '' ? '-createdAt' : order);
        expect(
          body.data.map(({ id }) => id),
          `${who}: ${params.join('&')}`,
        ).to.deep.equal(expected.map(({ id }) => id));
        expect(body.pagination.totalCount).to.equal(expected.length);
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('when sorted by due time, then what is due first comes first, and what waits comes last', async () => {
    const { body } = await bench.api.get<Listed[]>('/tickets?active=true&sort=slaDueAt&pageSize=100', agent);
    const due = body.data.map(({ slaDueAt }) => slaDueAt ?? 'never');
    expect(due)
      .to.deep.equal([...due].sort())
      .and.include('never');
  });

  const hostile = [
    '.*',
    '(q+)+$',
    '^',
    '[',
    '\\',
    '$where',
    '{"$gt":""}',
    '*',
    '%',
    '\u0130\u0307',
    'a'.repeat(200),
    '💥',
    "'; drop table tickets; --",
  ];
  for (const search of hostile) {
    it(`when searched for ${search.slice(0, 20)}, then it is taken as it is`, async () => {
      const { status, body } = await bench.api.get<Listed[]>(`/tickets?search=${encodeURIComponent(search)}`, agent);
      expect([status, body.data]).to.deep.equal([200, []]);
    });
  }
});
