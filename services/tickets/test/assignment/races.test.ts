import { eventually } from '@riparo/shared/testing/eventually';
import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { DAY_MS } from '@riparo/shared/time/units';
import { createReplicas } from '../../src/replica/replicas.js';
import { createTicketsService } from '../../src/service.js';
import { createAssigner } from '../../src/assignment/assigner.js';
import { createPlaces } from '../../src/assignment/places.js';
import { createTicketQueue } from '../../src/assignment/ticket-queue.js';
import { createTechnicians } from '../../src/technician/technician.repository.js';
import { createTenantRules } from '../../src/kernel/tenant-rules.js';
import { runAutoClose, runSilence, type ClockDeps } from '../../src/assignment/run-clocks.js';
import { createTickets } from '../../src/ticket/ticket.repository.js';
import { startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

const CONFIG = ticketsConfig({ TICKET_CLOCK_CRON: '0 0 0 1 1 *' });
const ROUNDS = 6;

interface StatusEvent {
  readonly type: string;
  readonly aggregateversion: number;
  readonly data: { readonly from?: string; readonly to?: string };
}

describe('races, on two instances over one database', () => {
  let bench: Bench;
  let other: TestPlatform;
  let second: HttpClient;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let marco: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '100', TICKET_CLOCK_CRON: '0 0 0 1 1 *' } });
    const { connection } = bench.test.platform;
    other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    second = (await other.startService((platform) => createTicketsService(platform, CONFIG))).api;
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    [elena, marco] = [await bench.technician(), await bench.technician()];
  });
  afterEach(async () => {
    await other.stop();
    await bench.stop();
  });

  /** The jobs of a third instance, run by hand at the worst moment. */
  const clockDeps = (): ClockDeps => {
    const { platform } = other;
    const { clock, ids, log } = platform;
    const [tickets, technicians, replicas] = [createTickets(platform), createTechnicians(platform), createReplicas(platform)];
    const rulesOf = createTenantRules(replicas, CONFIG);
    const assigner = createAssigner({ tickets, technicians, replicas, rulesOf, clock });
    const queue = createTicketQueue({ tickets, assigner, rulesOf, clock, ids, log });
    return {
      tickets,
      rulesOf,
      places: createPlaces(assigner, queue),
      everywhere: createAcrossTenants(platform, 'tickets'),
      clock,
      ids,
      log,
      maxMoves: 3,
    };
  };

  const post = (api: HttpClient, id: string, what: string, by: Person, body?: unknown) =>
    api.post<TicketView>(`/tickets/${id}/${what}`, body, by);
  const patch = (api: HttpClient, id: string, status: string, by: Person) =>
    api.patch<TicketView>(`/tickets/${id}/status`, status === 'RESOLVED' ? { status, resolution: 'Done' } : { status }, by);
  const openFor = async (technicianId: string | null): Promise<string> => {
    const { id } = await bench.open(rosa);
    await post(bench.api, id, 'assign', agent, { technicianId });
    return id;
  };

  const statusEvents = async (id: string): Promise<readonly StatusEvent[]> => {
    await Promise.all([bench.test.idle(), other.idle()]);
    return [...bench.test.published, ...other.published]
      .filter(({ subject, type }) => subject === id && /status-changed|resolved|closed|merged/.test(type))
      .sort((a, b) => a.aggregateversion - b.aggregateversion) as unknown as readonly StatusEvent[];
  };

  /** Whatever won: timeline, events and places tell the same story as the ticket. */
  const isSound = async (id: string): Promise<TicketView> => {
    const ticket = await bench.read(agent, id);
    const { activities, status, assignedToUserId } = ticket;
    expect(new Set(activities.map((each) => each.id)).size).to.equal(activities.length);
    let now = 'OPEN';
    const changes = activities.filter(({ type, metadata }) => /STATUS_CHANGE|RESOLUTION/.test(type) || metadata?.mergedInto !== undefined);
    for (const { metadata } of changes) {
      expect(metadata?.from, 'a status change begins where the last one ended').to.equal(now);
      now = metadata?.to as string;
    }
    expect(now).to.equal(status);
    let holder: unknown;
    for (const { metadata } of activities.filter(({ type, isInternal }) => type === 'ASSIGNMENT' && !isInternal)) {
      expect(metadata?.from, 'an assignment begins where the last one ended').to.equal(holder);
      holder = metadata?.to;
    }
    expect(holder).to.equal(assignedToUserId);
    const told = await statusEvents(id);
    const last = told.at(-1);
    expect(last?.type.includes('merged') === true ? 'CLOSED' : (last?.data.to ?? 'OPEN')).to.equal(status);
    expect(new Set(told.map(({ aggregateversion }) => aggregateversion)).size).to.equal(told.length);
    await placesAgree(ticket);
    return ticket;
  };
  const placesAgree = ({ id, status, assignedToUserId }: TicketView): Promise<unknown> =>
    eventually(async () => {
      const isActive = status !== 'RESOLVED' && status !== 'CLOSED';
      const technicians = await createTechnicians(other.platform).in('default').list({}, { limit: 100 });
      const holders = technicians.filter(({ places }) => places.some(({ ticketId }) => ticketId === id)).map((each) => each.id);
      expect(holders).to.deep.equal(isActive && assignedToUserId !== undefined ? [assignedToUserId] : []);
      return true;
    });

  interface Race {
    readonly id: string;
    readonly statuses: readonly number[];
    readonly ticket: TicketView;
  }
  /** Runs two at once, several times, and looks whether what is left is sound. */
  const race = async (
    prepare: () => Promise<string>,
    runners: readonly ((id: string, api: HttpClient) => Promise<{ readonly status: number }>)[],
    judge: (race: Race) => void,
  ): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await prepare();
      // Who starts first changes from round to round.
      const order = round % 2 === 0 ? runners : [...runners].reverse();
      const answers = await Promise.all(order.map((run, index) => run(id, index === 0 ? bench.api : second)));
      const statuses = answers.map(({ status }) => status);
      judge({ id, statuses: round % 2 === 0 ? statuses : [...statuses].reverse(), ticket: await isSound(id) });
    }
  };
  const job = (run: () => Promise<void>) => async () => {
    await run();
    return { status: 200 };
  };

  it('when two accept from the queue, then one has it', () =>
    race(
      () => openFor(null),
      [elena, marco].map((by) => (id, api) => post(api, id, 'accept', by)),
      ({ statuses, ticket }) => {
        expect([...statuses].sort()).to.deep.equal([200, 409]);
        expect(ticket).to.include({ status: 'IN_PROGRESS', assignedToUserId: [elena, marco][statuses.indexOf(200)]?.caller.userId });
      },
    ));

  it('when one accepts what another is given at the same time, then it has one holder, who knows', () =>
    race(
      () => openFor(null),
      [(id, api) => post(api, id, 'accept', elena), (id, api) => post(api, id, 'assign', agent, { technicianId: marco.caller.userId })],
      ({ statuses, ticket }) => {
        expect(statuses[1]).to.equal(200);
        expect(ticket.assignedToUserId).to.equal(marco.caller.userId);
        expect(statuses[0]).to.equal(ticket.status === 'IN_PROGRESS' ? 200 : 409);
      },
    ));

  it('when accepting and declining race, then both count one after the other, or the late one is refused', () =>
    race(
      () => openFor(elena.caller.userId),
      [(id, api) => post(api, id, 'accept', elena), (id, api) => post(api, id, 'decline', elena, { reason: 'Changed my mind' })],
      ({ statuses, ticket }) => {
        expect(statuses[1]).to.equal(200);
        expect(ticket.assignedToUserId).to.equal(marco.caller.userId);
        expect(statuses[0]).to.be.oneOf([200, 404, 409]);
        expect(ticket.status).to.equal(statuses[0] === 200 ? 'IN_PROGRESS' : 'OPEN');
      },
    ));

  it('when a reply and the end come at once, then the reply is there and before it, or was refused', () =>
    race(
      () => openFor(elena.caller.userId),
      [(id, api) => post(api, id, 'reply', rosa, { body: 'Wait' }), (id, api) => patch(api, id, 'CLOSED', agent)],
      ({ statuses, ticket }) => {
        expect(statuses[1]).to.equal(200);
        expect(ticket.status).to.equal('CLOSED');
        const words = ticket.activities.findIndex(({ body }) => body === 'Wait');
        expect(statuses[0]).to.equal(words === -1 ? 409 : 201);
        expect(words).to.be.below(ticket.activities.findIndex(({ metadata }) => metadata?.to === 'CLOSED'));
      },
    ));

  it('when a reply races with closing, then it is open again, or closed and the reply refused', () =>
    race(
      async () => {
        const id = await openFor(elena.caller.userId);
        await patch(bench.api, id, 'RESOLVED', elena);
        bench.test.clock.advance(8 * DAY_MS);
        return id;
      },
      [(id, api) => post(api, id, 'reply', rosa, { body: 'Not yet' }), job(runAutoClose(clockDeps()))],
      ({ statuses, ticket }) => {
        expect(ticket.status).to.equal(statuses[0] === 201 ? 'IN_PROGRESS' : 'CLOSED');
        expect(statuses[0]).to.be.oneOf([201, 409]);
        expect(ticket.activities.some(({ body }) => body === 'Not yet')).to.equal(statuses[0] === 201);
      },
    ));

  it('when the assignee stirs while it is taken for silent, then one of the two has it', () =>
    race(
      async () => {
        const id = await openFor(elena.caller.userId);
        bench.test.clock.advance(DAY_MS);
        return id;
      },
      [(id, api) => post(api, id, 'accept', elena), job(runSilence(clockDeps()))],
      ({ statuses, ticket }) => {
        expect(ticket.assignedToUserId).to.equal((statuses[0] === 200 ? elena : marco).caller.userId);
        expect(ticket.status).to.equal(statuses[0] === 200 ? 'IN_PROGRESS' : 'OPEN');
      },
    ));

  it('when two change the status, then the second decides on what the first has left', () =>
    race(
      () => openFor(elena.caller.userId),
      [(id, api) => patch(api, id, 'RESOLVED', elena), (id, api) => patch(api, id, 'WAITING_CUSTOMER', agent)],
      ({ statuses, ticket }) => {
        expect(statuses[0]).to.equal(200);
        expect(statuses[1]).to.be.oneOf([200, 409]);
        expect(ticket.status).to.equal('RESOLVED');
      },
    ));

  it('when it is assigned while it is merged, then it is merged, and nobody has a place for it', () => {
    let target = '';
    return race(
      async () => {
        target = (await bench.open(rosa)).id;
        return openFor(elena.caller.userId);
      },
      [
        (id, api) => post(api, id, 'merge', agent, { intoTicketId: target }),
        (id, api) => post(api, id, 'assign', agent, { technicianId: marco.caller.userId }),
      ],
      ({ statuses, ticket }) => {
        expect(statuses[0]).to.equal(200);
        expect(statuses[1]).to.be.oneOf([200, 409]);
        expect(ticket).to.include({ status: 'CLOSED', mergedIntoId: target });
      },
    );
  });
});
