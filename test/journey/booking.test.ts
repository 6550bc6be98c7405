import { DAY_MS } from '@riparo/shared/time/units';
import { randomInt } from 'node:crypto';
import { expect } from 'chai';
import { eachMode } from '../systems/modes.js';
import { createPerson } from './person.js';
import { createKills, planKills } from './kills.js';
import { openTicket } from './journey.js';
import { gather } from './shift.js';

interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}
interface Appointment {
  readonly id: string;
  readonly status: string;
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly technicianId?: string;
}

const TIMES = 12;
const KILLS = 2;

/** `CRASH_SEED=123` repeats the kills of a run. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000));

/** Times that do not touch each other's. */
const apart = (slots: readonly Slot[]): readonly Slot[] =>
  slots.reduce<Slot[]>((chosen, slot) => ((chosen.at(-1)?.endAt ?? '') <= slot.startAt ? [...chosen, slot] : chosen), []);

eachMode('kill -9 while the only technician is booked up', (begin) => {
  it(`when two want every time (CRASH_SEED=${seed}), then each time is booked once, and none is held by nobody`, async () => {
    const { system, cast } = await begin({ APPOINTMENT_DAILY_CAP: '0' });
    const kills = createKills(system, planKills(seed, KILLS, TIMES * 2));
    const crew = await gather(cast, kills.persist, 1, ['Edith']);
    const { id: ticketId } = await openTicket(crew.customers[0]!.person, 'Two at once', undefined, 'the-ticket');
    const desk = createPerson(cast.url, cast.admin.email, 'a-long-enough-passphrase', kills.persist);
    await desk.logIn();
    const from = new Date(Date.now() + 2 * DAY_MS).toISOString();
    const to = new Date(Date.now() + 9 * DAY_MS).toISOString();
    const slots = await desk.get<readonly Slot[]>(`/appointments/slots?type=REMOTE_SESSION&durationMinutes=30&from=${from}&to=${to}`);
    const times = apart(slots).slice(0, TIMES);
    expect(times).to.have.length(TIMES);
    kills.arm();

    // One of the two is a client of an earlier system, at `/api/appointment`.
    const bookAll = async (who: string, path: string): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (const [index, { startAt, endAt }] of times.entries()) {
        const booking = { ticketId, type: 'REMOTE_SESSION', scheduledStartAt: startAt, scheduledEndAt: endAt };
        statuses.push((await desk.send('POST', path, booking, `${who}-${index}`)).status);
      }
      return statuses;
    };
    const [left, right] = await Promise.all([bookAll('left', '/appointments'), bookAll('right', '/../appointment')]);
    expect(kills.done()).to.equal(KILLS);
    times.forEach((time, index) => expect([left[index], right[index]].sort(), time.startAt).to.deep.equal([201, 409]));

    const booked = await desk.get<readonly Appointment[]>(`/appointments?ticketId=${ticketId}&pageSize=100&sort=scheduledStartAt`);
    expect(booked.map(({ scheduledStartAt, scheduledEndAt }) => [scheduledStartAt, scheduledEndAt])).to.deep.equal(
      times.map(({ startAt, endAt }) => [startAt, endAt]),
    );
    const after = await desk.get<readonly Slot[]>(`/appointments/slots?type=REMOTE_SESSION&durationMinutes=30&from=${from}&to=${to}`);
    const untouched = slots.filter((slot) => times.every(({ startAt, endAt }) => slot.endAt <= startAt || slot.startAt >= endAt));
    expect(after).to.deep.equal(untouched);
  });
});
