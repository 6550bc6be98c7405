import {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
} from '@riparo/shared/contracts/enums';
import { plansOf, type QueryPlan } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { numberWords } from '../../src/kernel/number-words.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

/** Documents as they lie in the collection, of which only what lists are found by matters here. */
interface Stored {
  readonly _id: string;
  readonly [field: string]: unknown;
}

interface Kind {
  readonly count: number;
  readonly customerId: string;
  readonly holder: string;
  readonly status: TicketStatus;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly words: (index: number) => readonly string[];
  /** Counted from the oldest. */
  readonly from: number;
}

const NEVER = '0 0 0 29 2 *';
const PAGE = 25;
const MANY = 1_500;

/** What one page may look at: a few times what it shows, or all of a few that are sorted. */
const MOST_FOUND = 4 * PAGE;
const MOST_SORTED = 500;
/** What a total may look at: index entries, or documents. */
const MOST_COUNTED = 100_001;
const MOST_LOOKED_AT = 20_000;
/** All that the technician has had. */
const HELD = MANY + 150;

describe('GET /tickets, with many of everybody else and many newer ones', () => {
  let bench: Bench;
  let [rosa, elena, agent]: Person[] = [];
  let old: { readonly customerId: string; readonly holder: string; readonly assetId: string; readonly locationId: string };

  const insert = async (template: Stored, { count, from, words, ...fields }: Kind): Promise<void> => {
    const active = !['RESOLVED', 'CLOSED'].includes(fields.status);
    const documents = Array.from({ length: count }, (_, index): Stored => {
      const at = new Date(Date.parse('2020-01-01T00:00:00Z') + (from + index) * 60_000);
      const number = from + index;
      return {
        ...template,
        ...fields,
        _id: randomUUID(),
        assignedToUserId: fields.holder,
        stage: fields.status === 'OPEN' ? 'OPENED' : active ? 'IN_PROGRESS' : fields.status,
        active,
        urgency: TICKET_PRIORITIES.indexOf(fields.priority) + 1,
        words: [...numberWords(`TKT-2020-${number}`), ...words(index)],
        ticketNumber: `TKT-2020-${number}`,
        numberSeries: '2020',
        numberSeq: number,
        createdAt: at,
        updatedAt: at,
        dueOrder: at,
        slaDueAt: at,
        outbox: [],
      };
    });
    await bench.test.platform.connection.collection<Stored>('tickets').insertMany(documents);
  };

  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TICKET_CLOCK_CRON: NEVER } });
    const customer = await bench.customer();
    const technician = await bench.technician({ skills: ['NETWORK'] });
    const asset = await bench.asset({ customerId: customer.customer.id });
    [rosa, elena, agent] = [customer, technician, bench.person('AGENT')];
    const { id } = await bench.open(customer, { assetId: asset.id });
    const tickets = bench.test.platform.connection.collection<Stored>('tickets');
    const found = await tickets.findOne({ _id: id });
    if (found === null) throw new Error('there is no ticket');
    const { assetId: _asset, locationId: _location, queuedAs: _queue, slaTimerAt: _timer, ...template } = found;
    old = { customerId: customer.customer.id, holder: technician.user.id, assetId: asset.id, locationId: asset.locationId };
    const { customerId, holder } = old;
    const rare = { category: 'ACCOUNT', priority: 'CRITICAL' } as const;
    const plain = { status: 'CLOSED', category: 'HARDWARE', priority: 'LOW' } as const;
    const spoken = (index: number): readonly string[] => ['noise', 'nothing', 'screen', ...(index === 0 ? ['zebra'] : [])];
    // The old ones: hers, in Elena's hands, and all of them rare in every way.
    for (const [at, status] of (['OPEN', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'] as const).entries())
      await insert({ ...template, ...old }, { customerId, holder, status, ...rare, count: 30, from: 100 * at, words: spoken });
    // Newer ones of hers and of Elena's without any of that, and those of others who all have the same trouble.
    const silent = (index: number): readonly string[] => ['laptop', `model${index}`];
    await insert(template, { ...plain, customerId, holder: randomUUID(), count: MANY, from: 1_000, words: silent });
    await insert(template, { ...plain, customerId: randomUUID(), holder, count: MANY, from: 10_000, words: silent });
    const loud = (index: number): readonly string[] => ['noise', 'screen', 'laptop', `serial${index}`];
    await insert(template, { ...plain, customerId: randomUUID(), holder: randomUUID(), count: MANY, from: 20_000, words: loud });
  });
  after(() => bench.stop());

  const ask = async (
    by: Person,
    query: string,
  ): Promise<{ readonly items: readonly TicketView[]; readonly plans: readonly QueryPlan[] }> => {
    let items: readonly TicketView[] = [];
    const plans = await plansOf(bench.test.platform.connection, 'tickets', async () => {
      const { status, body, text } = await bench.api.get<TicketView[]>(`/tickets?pageSize=${PAGE}&${query}`, by);
      expect(status, text).to.equal(200);
      items = body.data;
    });
    return { items, plans };
  };

  const expectCheap = (plans: readonly QueryPlan[], most: number, what: string): void => {
    for (const { command, examined, filter, plan } of plans) {
      const told = `${what}: ${command} ${JSON.stringify(filter)}\n${plan}`;
      expect(plan, told).not.to.include('COLLSCAN');
      expect(examined.documents, told).to.be.at.most(command === 'find' ? most : MOST_LOOKED_AT);
      expect(examined.keys, told).to.be.at.most(command === 'find' ? most : MOST_COUNTED);
    }
  };

  const people = (): readonly (readonly [who: string, person: Person])[] => [
    ['a customer', rosa as Person],
    ['a technician', elena as Person],
    ['an agent', agent as Person],
  ];

  const sorts = ['createdAt', 'updatedAt', 'slaDueAt', 'priority'].flatMap((sort) => [`sort=${sort}`, `sort=-${sort}`]);
  const facets = [
    '',
    'status=OPEN',
    'status=CLOSED',
    'status=WAITING_CUSTOMER',
    'stage=OPENED',
    'stage=NEW',
    'stage=IN_PROGRESS',
    'stage=CLOSED',
    'active=true',
    'active=false',
    'priority=CRITICAL',
    'priority=LOW',
    ...TICKET_CATEGORIES.slice(0, 4).map((category) => `category=${category}`),
    'priority=CRITICAL&category=ACCOUNT',
    'active=true&priority=CRITICAL&category=ACCOUNT',
    'status=CLOSED&priority=CRITICAL',
    'unassigned=true',
    'overdue=true',
  ];
  for (const filter of facets) {
    it(`when filtered by ${filter || 'nothing'}, then a page costs a page, in every order and for everybody`, async () => {
      for (const [who, person] of people())
        for (const sort of sorts) expectCheap((await ask(person, `${filter}&${sort}`)).plans, MOST_FOUND, `${who}: ${filter}&${sort}`);
    });
  }

  const named: readonly (readonly [string, () => string])[] = [
    ['a device', () => `assetId=${old.assetId}`],
    ['a place', () => `locationId=${old.locationId}`],
    ['a customer', () => `customerId=${old.customerId}`],
    ['an assignee', () => `assignedTo=${old.holder}`],
    ['what is assigned', () => 'unassigned=false'],
    ['a time long ago', () => 'from=2020-01-01T00:00:00Z&to=2020-01-01T04:00:00Z'],
    ['what is not late', () => 'overdue=false'],
    ['a device and a word', () => `assetId=${old.assetId}&search=screen`],
  ];
  for (const [title, query] of named) {
    it(`when filtered by ${title}, newest first, then a page costs a page`, async () => {
      for (const [who, person] of people().filter(([, { caller }]) => title !== 'an assignee' || caller.customerId === undefined))
        expectCheap(
          (await ask(person, query())).plans,
          title === 'a customer' && who === 'a technician' ? 2 * MANY : 200,
          `${who}: ${query()}`,
        );
    });
  }

  /** What is searched for, and how many of the first page each of the three finds. */
  const searches: readonly (readonly [search: string, found: readonly [number, number, number], most?: number])[] = [
    ['noise', [25, 25, 25]],
    ['nothing', [25, 25, 25]],
    ['zebra', [5, 5, 5]],
    ['noi', [25, 25, 25]],
    ['n', [25, 25, 25]],
    ['z', [5, 5, 5]],
    ['t', [25, 25, 25]],
    ['laptop', [25, 25, 25]],
    // Of thousands of words none of which is among the newest tickets': these are gone through.
    ['model', [25, 25, 25], 2 * MANY],
    ['model7', [25, 25, 25], MOST_SORTED],
    ['serial12', [0, 0, 25], MOST_SORTED],
    ['tkt-2020-100', [11, 25, 25]],
    ['TKT-2020-1', [25, 25, 25]],
    ['tkt-2020', [25, 25, 25]],
    ['noise screen', [25, 25, 25]],
    ['zebra noise', [5, 5, 5]],
    ['zebra laptop', [0, 0, 0]],
    ['noise&status=OPEN', [25, 25, 25], MOST_SORTED],
    ['nothing&sort=slaDueAt', [25, 25, 25], MOST_SORTED],
    ['zebra&sort=-priority', [5, 5, 5]],
    ['.*', [0, 0, 0]],
    ['(a%2B)%2B$x', [0, 0, 0]],
    ['$ne', [0, 0, 0]],
    ['^', [0, 0, 0]],
    ['n.*e', [0, 0, 0]],
  ];
  for (const [search, found, most = MOST_FOUND] of searches) {
    it(`when searched for ${search}, then a page costs a page, whoever asks`, async () => {
      for (const [index, [who, person]] of people().entries()) {
        const { items, plans } = await ask(person, `search=${search}`);
        expect(items.length, `${who}: ${search}`).to.equal(found[index]);
        // Of a technician's own tickets no index knows the words: they are gone through, unless the word is rare.
        expectCheap(plans, person === elena && items.length === PAGE ? HELD : most, `${who}: ${search}`);
        expect(plans.length, `${who} asks ${plans.length} times`).to.be.at.most(12);
      }
    });
  }

  it('when there are more than are counted, then the total says so', async () => {
    const { body } = await bench.api.get('/tickets?search=noise&priority=LOW', agent);
    expect(body.pagination.totalCount).to.equal(MANY);
    expect(body.pagination).not.to.have.property('totalIsLowerBound');
  });
});
