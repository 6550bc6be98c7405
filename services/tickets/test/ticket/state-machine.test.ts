import { TICKET_STATUSES, type TicketStatus } from '@riparo/shared/contracts/enums';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

type Arrows = Readonly<Record<TicketStatus, readonly TicketStatus[]>>;

/** One line for each status: what it may be turned into. */
const arrows = (text: string): Arrows =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((row) => row.split('→').map((part) => part.trim()))
      .map(([from, to]) => [from, to === '' ? [] : to?.split(/,\s*/)]),
  ) as Arrows;

const DESK = arrows(`
  OPEN             → IN_PROGRESS, WAITING_CUSTOMER, RESOLVED, CLOSED
  IN_PROGRESS      → WAITING_CUSTOMER, RESOLVED, CLOSED
  WAITING_CUSTOMER → IN_PROGRESS, RESOLVED, CLOSED
  RESOLVED         → CLOSED, IN_PROGRESS
  CLOSED           → IN_PROGRESS
`);
/** Whoever has the ticket: as the desk, but what is closed only the desk reopens. */
const ASSIGNEE: Arrows = { ...DESK, CLOSED: [] };
const OWNER = arrows(`
  OPEN             → CLOSED
  IN_PROGRESS      → CLOSED
  WAITING_CUSTOMER → CLOSED
  RESOLVED         → CLOSED
  CLOSED           →
`);

type Relation = 'of theirs' | 'assigned to them' | 'assigned to another' | 'in the queue' | "of another customer's" | 'of anybody';

/** What somebody may do, or the code that everything is refused with. */
type Rights = Arrows | 'TICKET_NOT_FOUND' | 'TICKET_NOT_ASSIGNED_TO_YOU';

const RIGHTS: readonly (readonly [Role, Relation, Rights])[] = [
  ['CUSTOMER_USER', 'of theirs', OWNER],
  ['CUSTOMER_ADMIN', 'of theirs', OWNER],
  ['CUSTOMER_USER', "of another customer's", 'TICKET_NOT_FOUND'],
  ['CUSTOMER_ADMIN', "of another customer's", 'TICKET_NOT_FOUND'],
  ['TECH', 'assigned to them', ASSIGNEE],
  ['ENGINEER', 'assigned to them', ASSIGNEE],
  ['TECH', 'assigned to another', 'TICKET_NOT_FOUND'],
  ['ENGINEER', 'assigned to another', 'TICKET_NOT_FOUND'],
  ['TECH', 'in the queue', 'TICKET_NOT_ASSIGNED_TO_YOU'],
  ['ENGINEER', 'in the queue', 'TICKET_NOT_ASSIGNED_TO_YOU'],
  ['AGENT', 'of anybody', DESK],
  ['ADMIN', 'of anybody', DESK],
  ['SUPER_ADMIN', 'of anybody', DESK],
];
/** What nobody has can be in the queue only while there is something to do. */
const exists = (relation: Relation, status: TicketStatus): boolean =>
  relation !== 'in the queue' || (status !== 'RESOLVED' && status !== 'CLOSED');

const request = (status: TicketStatus) => (status === 'RESOLVED' ? { status, resolution: 'New drive' } : { status });

describe('the states of a ticket', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  let elena: Person;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '1000' } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    elena = await bench.technician({ skills: ['HARDWARE'] });
  });
  after(() => bench.stop());

  const patch = ({ id }: TicketView, status: TicketStatus, by: Person) =>
    bench.api.patch<TicketView>(`/tickets/${id}/status`, request(status), by);
  const assign = ({ id }: TicketView, technicianId: string | null) => bench.api.post(`/tickets/${id}/assign`, { technicianId }, agent);

  /** A person of a role, standing to Rosa's tickets as told, and how a ticket comes to stand so to them. */
  const somebody = async (role: Role, relation: Relation): Promise<readonly [Person, (ticket: TicketView) => Promise<unknown>]> => {
    const leave = () => Promise.resolve();
    if (relation === 'of theirs') return [bench.person(role, { customerId: rosa.customer.id }), leave];
    if (relation === "of another customer's") return [bench.person(role, { customerId: (await bench.customer()).customer.id }), leave];
    if (relation === 'of anybody') return [bench.person(role), leave];
    const technician = await bench.technician({ role, skills: ['NETWORK'] });
    const holder = { 'assigned to them': technician.user.id, 'assigned to another': elena.caller.userId, 'in the queue': null }[relation];
    return [technician, (ticket) => assign(ticket, holder)];
  };
  const ticketIn = async (status: TicketStatus, give: (ticket: TicketView) => Promise<unknown>): Promise<TicketView> => {
    const ticket = await bench.open(rosa);
    await give(ticket);
    if (status !== 'OPEN') expect((await patch(ticket, status, agent)).status).to.equal(200);
    return bench.read(agent, ticket.id);
  };

  for (const [role, relation, rights] of RIGHTS) {
    for (const from of TICKET_STATUSES.filter((status) => exists(relation, status))) {
      const allowed = typeof rights === 'string' ? [] : rights[from];
      it(`when a ${role} asks about a ticket ${relation} that is ${from}, then ${allowed.join(', ') || 'nothing'} is allowed`, async () => {
        const [person, give] = await somebody(role, relation);
        const ticket = await ticketIn(from, give);
        for (const to of TICKET_STATUSES.filter((status) => !allowed.includes(status))) {
          const { status, body } = await patch(ticket, to, person);
          if (typeof rights === 'string') {
            expect([status, body.code], to).to.deep.equal([rights === 'TICKET_NOT_FOUND' ? 404 : 403, rights]);
          } else {
            expect([status, body.code, body.current, body.allowed], to).to.deep.equal([
              409,
              'TICKET_TRANSITION_NOT_ALLOWED',
              from,
              allowed,
            ]);
          }
        }
        expect((await bench.read(agent, ticket.id)).version).to.equal(ticket.version);
        for (const to of allowed) {
          const { status, body } = await patch(await ticketIn(from, give), to, person);
          expect([status, body.data.status], to).to.deep.equal([200, to]);
        }
      });
    }
  }

  /** What becomes of a ticket when somebody speaks in it. */
  const REPLIES: readonly (readonly [TicketStatus, afterCustomer: TicketStatus | 409, afterStaff: TicketStatus | 409])[] = [
    ['OPEN', 'OPEN', 'OPEN'],
    ['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS'],
    ['WAITING_CUSTOMER', 'IN_PROGRESS', 'WAITING_CUSTOMER'],
    ['RESOLVED', 'IN_PROGRESS', 'RESOLVED'],
    ['CLOSED', 409, 409],
  ];
  const SPEAKERS: readonly (readonly [Role, Relation])[] = [
    ['CUSTOMER_USER', 'of theirs'],
    ['CUSTOMER_ADMIN', 'of theirs'],
    ['TECH', 'assigned to them'],
    ['ENGINEER', 'assigned to them'],
    ['AGENT', 'of anybody'],
    ['ADMIN', 'of anybody'],
    ['SUPER_ADMIN', 'of anybody'],
  ];
  for (const [role, relation] of SPEAKERS) {
    it(`when a ${role} replies to a ticket ${relation}, then it goes on, stays or is refused as its status says`, async () => {
      const [person, give] = await somebody(role, relation);
      for (const [from, afterCustomer, afterStaff] of REPLIES) {
        const ticket = await ticketIn(from, give);
        const after = relation === 'of theirs' ? afterCustomer : afterStaff;
        const { status } = await bench.api.post(`/tickets/${ticket.id}/reply`, { body: 'Hello' }, person);
        expect(status, from).to.equal(after === 409 ? 409 : 201);
        expect((await bench.read(agent, ticket.id)).status, from).to.equal(after === 409 ? from : after);
      }
    });
  }
});
