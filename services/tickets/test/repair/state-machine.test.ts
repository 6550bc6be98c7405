import { REPAIR_STATUSES, type RepairStatus } from '@riparo/shared/contracts/enums';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';

type Arrows = Readonly<Record<RepairStatus, readonly RepairStatus[]>>;

/** One line for each status: what it may become. */
const arrows = (text: string): Arrows =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((row) => row.split('→').map((part) => part.trim()))
      .map(([from, to]) => [from, to === '' ? [] : to?.split(/,\s*/)]),
  ) as Arrows;

const TABLE = arrows(`
  PENDING          → SCHEDULED, IN_PROGRESS, ON_HOLD, CANCELED
  SCHEDULED        → PENDING, DISPATCHED, IN_PROGRESS, CANCELED
  DISPATCHED       → IN_PROGRESS, CANCELED
  IN_PROGRESS      → AWAITING_PARTS, ON_HOLD, DELAYED, QUALITY_CHECK, COMPLETED, REFUSED, CANCELED
  AWAITING_PARTS   → IN_PROGRESS, CANCELED
  ON_HOLD          → IN_PROGRESS, CANCELED
  DELAYED          → IN_PROGRESS, CANCELED
  QUALITY_CHECK    → IN_PROGRESS, COMPLETED, REFUSED
  COMPLETED        → PAYMENT_PENDING, READY_FOR_PICKUP
  REFUSED          → PAYMENT_PENDING, READY_FOR_PICKUP
  PAYMENT_PENDING  → READY_FOR_PICKUP
  READY_FOR_PICKUP → CLOSED
  CANCELED         → CLOSED
  CLOSED           →
`);

const without = (table: Arrows, ...gone: readonly RepairStatus[]): Arrows =>
  Object.fromEntries(Object.entries(table).map(([from, to]) => [from, to.filter((status) => !gone.includes(status))])) as unknown as Arrows;

const ASSIGNEE = without(TABLE, 'CLOSED');
const DESK = without(TABLE, 'COMPLETED', 'REFUSED');

const IN_WORK = REPAIR_STATUSES.slice(0, 8);

type Relation = 'of theirs' | 'assigned to them' | 'assigned to another' | 'in the queue' | "of another customer's" | 'of anybody';
type Rights = Arrows | 'FORBIDDEN' | 'REPAIR_NOT_FOUND' | 'REPAIR_NOT_ASSIGNED_TO_YOU';

const RIGHTS: readonly (readonly [Role, Relation, Rights])[] = [
  ['CUSTOMER_USER', 'of theirs', 'FORBIDDEN'],
  ['CUSTOMER_ADMIN', 'of theirs', 'FORBIDDEN'],
  ['CUSTOMER_USER', "of another customer's", 'FORBIDDEN'],
  ['TECH', 'assigned to them', ASSIGNEE],
  ['ENGINEER', 'assigned to them', ASSIGNEE],
  ['TECH', 'assigned to another', 'REPAIR_NOT_FOUND'],
  ['ENGINEER', 'assigned to another', 'REPAIR_NOT_FOUND'],
  ['TECH', 'in the queue', 'REPAIR_NOT_ASSIGNED_TO_YOU'],
  ['ENGINEER', 'in the queue', 'REPAIR_NOT_ASSIGNED_TO_YOU'],
  ['AGENT', 'of anybody', DESK],
  ['ADMIN', 'of anybody', DESK],
  ['SUPER_ADMIN', 'of anybody', DESK],
];

/** Steps of the table that ask for more than a status. */
const hasOwnDoor = (from: RepairStatus, to: RepairStatus): boolean =>
  TABLE[from].includes(to) && (to === 'COMPLETED' || to === 'REFUSED' || (from === 'READY_FOR_PICKUP' && to === 'CLOSED'));

const STATUS_OF = { FORBIDDEN: 403, REPAIR_NOT_ASSIGNED_TO_YOU: 403, REPAIR_NOT_FOUND: 404 } as const;

describe('the states of a repair', () => {
  let bench: Bench;
  let desk: Desk;
  let marco: Person;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    marco = await bench.technician({ name: 'Marco' });
  });
  after(() => bench.stop());

  /** Nobody is asked twice for the same: a person of a role, and who has to have the repair. */
  const somebody = async (role: Role, relation: Relation): Promise<readonly [Person, holder?: string | null]> => {
    if (relation === 'of theirs') return [bench.person(role, { customerId: desk.rosa.caller.customerId as string })];
    if (relation === "of another customer's") return [await bench.customer()];
    if (relation === 'of anybody') return [bench.person(role)];
    // Elena ends the work, so what has an outcome is hers: whoever it is assigned to has her id.
    if (relation === 'assigned to them') return [bench.person(role, { userId: desk.elena.caller.userId })];
    return [marco.caller.role === role ? marco : await bench.technician({ role }), relation === 'in the queue' ? null : undefined];
  };

  for (const [role, relation, rights] of RIGHTS) {
    const possible = relation === 'in the queue' ? IN_WORK : REPAIR_STATUSES;
    for (const from of possible) {
      const allowed = typeof rights === 'string' ? [] : rights[from];
      it(`when a ${role} asks about a repair ${relation} that is ${from}, then ${allowed.join(', ') || 'nothing'} is allowed`, async () => {
        const [person, holder] = await somebody(role, relation);
        const repairIn = () => desk.repairIn(from, holder === undefined ? {} : { holder });
        const id = await repairIn();
        const { version } = await desk.read(id);
        const byPatch = allowed.filter((to) => !hasOwnDoor(from, to));
        for (const to of REPAIR_STATUSES.filter((status) => !byPatch.includes(status))) {
          const { status, body } = await desk.patch(id, to, person);
          if (typeof rights === 'string') expect([status, body.code], to).to.deep.equal([STATUS_OF[rights], rights]);
          else if (hasOwnDoor(from, to)) expect([status, body.code], to).to.deep.equal([409, 'REPAIR_STATUS_BY_ACTION']);
          else
            expect([status, body.code, body.current, body.allowed], to).to.deep.equal([
              409,
              'REPAIR_TRANSITION_NOT_ALLOWED',
              from,
              allowed,
            ]);
        }
        expect((await desk.read(id)).version).to.equal(version);
        if (typeof rights !== 'string') expect((await desk.read(id, person)).allowedTransitions).to.deep.equal(allowed);
        for (const to of byPatch) {
          const { status, body } = await desk.patch(await repairIn(), to, person);
          expect([status, body.data.status], to).to.deep.equal([200, to]);
        }
      });
    }
  }

  type Who = 'rosa' | 'agent' | 'elena';
  interface Action {
    readonly what: string;
    readonly by: Who;
    readonly body?: object;
    readonly from: readonly RepairStatus[];
    /** Missing: it stays as it was. */
    readonly to?: RepairStatus;
    /** What it is refused with in every other status. */
    readonly code: string;
  }
  const leadingTo = (to: RepairStatus): readonly RepairStatus[] => REPAIR_STATUSES.filter((from) => TABLE[from].includes(to));
  const WITH_OUTCOME: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'READY_FOR_PICKUP'];
  const NOT_ALLOWED = 'REPAIR_TRANSITION_NOT_ALLOWED';

  const ACTIONS: readonly Action[] = [
    { what: 'take', by: 'elena', from: IN_WORK, to: 'IN_PROGRESS', code: 'REPAIR_WORK_ENDED' },
    { what: 'assign', by: 'agent', body: { technicianId: null }, from: IN_WORK, code: 'REPAIR_WORK_ENDED' },
    { what: 'cancel', by: 'rosa', body: {}, from: ['PENDING', 'SCHEDULED'], to: 'CANCELED', code: NOT_ALLOWED },
    { what: 'cancel', by: 'agent', body: {}, from: leadingTo('CANCELED'), to: 'CANCELED', code: NOT_ALLOWED },
    {
      what: 'complete',
      by: 'elena',
      body: { description: 'Done', amount: 1 },
      from: leadingTo('COMPLETED'),
      to: 'COMPLETED',
      code: NOT_ALLOWED,
    },
    { what: 'refuse', by: 'elena', body: { reason: 'Burnt' }, from: leadingTo('REFUSED'), to: 'REFUSED', code: NOT_ALLOWED },
    { what: 'ready', by: 'agent', from: leadingTo('READY_FOR_PICKUP'), to: 'READY_FOR_PICKUP', code: NOT_ALLOWED },
    {
      what: 'payment',
      by: 'agent',
      body: { method: 'CASH', amount: 1 },
      from: [...IN_WORK, ...WITH_OUTCOME],
      code: 'REPAIR_WITHOUT_OUTCOME',
    },
    { what: 'waive', by: 'agent', body: { reason: 'Kindness' }, from: WITH_OUTCOME, code: 'REPAIR_WITHOUT_OUTCOME' },
    { what: 'collect', by: 'agent', body: { collectedBy: 'Rosa' }, from: ['CANCELED'], to: 'CLOSED', code: NOT_ALLOWED },
    { what: 'reply', by: 'rosa', body: { body: 'Hello' }, from: REPAIR_STATUSES.slice(0, -1), code: 'REPAIR_CLOSED' },
    { what: 'notes', by: 'elena', body: { body: 'Hello' }, from: REPAIR_STATUSES, code: '' },
  ];

  for (const { what, by, body, from, to, code } of ACTIONS) {
    it(`when ${by} wants to ${what}, then it can be ${from.join(', ')}, and nothing else`, async () => {
      for (const status of REPAIR_STATUSES) {
        const id = await desk.repairIn(status);
        const answer = await desk.act(id, what, desk[by], body);
        if (from.includes(status)) {
          expect(answer.status, `${status}: ${answer.text}`).to.be.oneOf([200, 201]);
          expect((await desk.read(id)).status).to.equal(to ?? status);
        } else {
          // What is ready but not paid is refused for the money, which has a test of its own.
          const expected = what === 'collect' && status === 'READY_FOR_PICKUP' ? 'REPAIR_NOT_PAID' : code;
          expect([answer.status, answer.body.code], status).to.deep.equal([409, expected]);
          expect((await desk.read(id)).status).to.equal(status);
        }
      }
    });
  }
});
