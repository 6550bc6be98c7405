import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import fc from 'fast-check';
import { createTicketsService } from '../../src/service.js';
import { MONDAY, type AppointmentView } from './appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

const ENV = { APPOINTMENT_DAILY_CAP: '0' };
const DAY_START = Date.parse('2026-03-03T08:00:00Z');
const QUARTER = 15 * 60_000;
const OPEN_QUARTERS = 36;
const BUFFER_QUARTERS = 2;

/** In quarters of an hour after opening; some of it reaches over closing time. */
interface Wish {
  readonly from: number;
  readonly length: number;
  readonly onSite: boolean;
}
interface Kept extends Wish {
  readonly id: string;
}
type Action =
  { readonly kind: 'book'; readonly wish: Wish } | { readonly kind: 'move' | 'cancel'; readonly wish: Wish; readonly which: number };

const wish = fc.record({ from: fc.integer({ min: -2, max: OPEN_QUARTERS }), length: fc.integer({ min: 1, max: 8 }), onSite: fc.boolean() });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('book' as const), wish }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), wish, which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), wish, which: fc.nat(50) }) },
);

const buffer = ({ onSite }: Wish): number => (onSite ? BUFFER_QUARTERS : 0);
/** Both buffers count, and nothing else: all visits go to the same place. */
const collide = (a: Wish, b: Wish): boolean => {
  const gap = a.from < b.from ? b.from - (a.from + a.length) : a.from - (b.from + b.length);
  return gap < buffer(a) + buffer(b);
};
const fits = (wanted: Wish, kept: readonly Kept[]): boolean =>
  wanted.from >= 0 && wanted.from + wanted.length <= OPEN_QUARTERS && !kept.some((other) => collide(wanted, other));

const timesOf = ({ from, length }: Wish) => ({
  scheduledStartAt: new Date(DAY_START + from * QUARTER).toISOString(),
  scheduledEndAt: new Date(DAY_START + (from + length) * QUARTER).toISOString(),
});
const wishOf = ({ id, type, scheduledStartAt, scheduledEndAt }: AppointmentView): Kept => {
  const [start, end] = [Date.parse(scheduledStartAt), Date.parse(scheduledEndAt)];
  return { id, from: (start - DAY_START) / QUARTER, length: (end - start) / QUARTER, onSite: type === 'ONSITE_VISIT' };
};

describe('a diary', () => {
  let bench: Bench;
  let agent: Person;
  let ticket: TicketView;
  let doors: readonly HttpClient[];
  let stopOther: () => Promise<void>;
  before(async () => {
    bench = await startBench({ now: MONDAY, env: ENV });
    agent = bench.person('AGENT');
    const rosa = await bench.customer();
    const { id: locationId } = await bench.location({ customerId: rosa.customer.id });
    ticket = await bench.open(rosa, { locationId });
    const { connection } = bench.test.platform;
    const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    const { api } = await other.startService((platform) => createTicketsService(platform, ticketsConfig(ENV)));
    doors = [bench.api, api];
    stopOther = () => other.stop();
  });
  after(async () => {
    await stopOther();
    await bench.stop();
  });

  const send = async (action: Action, index: number, technicianId: string, kept: readonly Kept[]) => {
    const door = doors[index % doors.length] as HttpClient;
    if (action.kind === 'book') {
      const type = action.wish.onSite ? 'ONSITE_VISIT' : 'REMOTE_SESSION';
      return door.post<AppointmentView>(`/tickets/${ticket.id}/appointments`, { type, technicianId, ...timesOf(action.wish) }, agent);
    }
    const target = kept[action.which % kept.length];
    if (target === undefined) return undefined;
    const body = action.kind === 'cancel' ? { status: 'CANCELLED' } : { technicianId, ...timesOf(action.wish) };
    return door.patch<AppointmentView>(`/appointments/${target.id}`, body, agent);
  };
  const stored = async (technicianId: string): Promise<readonly Kept[]> => {
    const { body } = await bench.api.get<AppointmentView[]>(
      `/appointments?technicianId=${technicianId}&status=SCHEDULED&pageSize=100`,
      agent,
    );
    return body.data.map(wishOf);
  };
  const noneCollide = (kept: readonly Kept[]): void => {
    kept.forEach((one, index) =>
      kept.slice(index + 1).forEach((other) => expect(collide(one, other), JSON.stringify([one, other])).to.equal(false)),
    );
  };

  it('when visits are booked, moved and cancelled in turn, then each fits exactly where there is room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (actions) => {
        const { user } = await bench.technician();
        let kept: readonly Kept[] = [];
        for (const [index, each] of actions.entries()) {
          const target = each.kind === 'book' ? undefined : kept[each.which % kept.length];
          const others = kept.filter((one) => one !== target);
          const answer = await send(each, index, user.id, kept);
          if (answer === undefined) continue;
          const wanted = { ...each.wish, onSite: target?.onSite ?? each.wish.onSite };
          const expected = each.kind === 'cancel' || fits(wanted, others);
          expect(answer.status < 300, `${JSON.stringify(each)} among ${JSON.stringify(others)}`).to.equal(expected);
          if (each.kind === 'cancel') kept = others;
          else if (expected) kept = [...others, wishOf(answer.body.data)];
        }
        expect(new Set((await stored(user.id)).map(({ id }) => id))).to.deep.equal(new Set(kept.map(({ id }) => id)));
      }),
      { numRuns: 8 },
    );
  });

  it('when anything arrives at once at two instances, then no two visits collide', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(action, { minLength: 2, maxLength: 12 }), { minLength: 2, maxLength: 4 }), async (rounds) => {
        const { user } = await bench.technician();
        for (const round of rounds) {
          const kept = await stored(user.id);
          const answers = await Promise.all(round.map(async (each, index) => send(each, index, user.id, kept)));
          for (const answer of answers)
            expect(answer === undefined || [200, 201, 409].includes(answer.status), answer?.text).to.equal(true);
          const after = await stored(user.id);
          noneCollide(after);
          const made = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body.data.id] : []));
          expect(after.map(({ id }) => id)).to.include.members(made);
        }
      }),
      { numRuns: 8 },
    );
  });
});
