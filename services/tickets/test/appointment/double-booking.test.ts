import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createTicketsService } from '../../src/service.js';
import { at, buildBooking, MONDAY, type AppointmentView, type OfferView } from './appointment.builder.js';
import { startBench, type Bench, type Person, ticketsConfig } from '../bench.js';

describe('two instances over one database', () => {
  let bench: Bench;
  let rosa: Person;
  let doors: readonly HttpClient[];
  let stopOther: () => Promise<void>;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { APPOINTMENT_DAILY_CAP: '0' } });
    rosa = await bench.customer();
    const { connection } = bench.test.platform;
    const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    const config = ticketsConfig({ APPOINTMENT_DAILY_CAP: '0' });
    const { api } = await other.startService((platform) => createTicketsService(platform, config));
    doors = [bench.api, api];
    stopOther = () => other.stop();
  });
  afterEach(async () => {
    await stopOther();
    await bench.stop();
  });

  const book = (index: number, ticketId: string, overrides?: Readonly<Record<string, unknown>>) =>
    (doors[index % 2] as HttpClient).post<AppointmentView>(`/tickets/${ticketId}/appointments`, buildBooking(overrides), rosa);

  it('when 200 want the last place at once, then one has it and 199 get 409 with places that are free', async () => {
    await bench.technician();
    const { id } = await bench.open(rosa);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => book(index, id)));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    const losers = answers.filter(({ status, body }) => status === 409 && body.code === 'APPOINTMENT_SLOT_TAKEN');
    expect(losers).to.have.length(199);
    const { scheduledStartAt, scheduledEndAt } = at('2026-03-03', '10:00');
    for (const { body } of losers) {
      const offers = body.alternatives as OfferView[];
      expect(offers).to.have.length(5);
      for (const { startAt, endAt } of offers) expect(endAt <= scheduledStartAt || startAt >= scheduledEndAt, startAt).to.equal(true);
    }
    expect((await bench.api.get('/appointments', rosa)).body.pagination.totalCount).to.equal(1);
  });

  it('when 60 want times of one day that overlap, then no two of those that were booked do', async () => {
    const people = [await bench.technician(), await bench.technician()];
    const { id } = await bench.open(rosa);
    const minutes = (index: number): string => `${String(9 + (index % 8)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}`;
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => book(index, id, at('2026-03-03', minutes(index), 45))));
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).to.deep.equal([]);
    const booked = answers.filter(({ status }) => status === 201).map(({ body }) => body.data);
    for (const { user } of people) {
      const theirs = booked
        .filter(({ technicianId }) => technicianId === user.id)
        .sort((a, b) => (a.scheduledStartAt < b.scheduledStartAt ? -1 : 1));
      expect(theirs.length).to.be.greaterThan(3);
      theirs.slice(1).forEach((next, index) => expect(next.scheduledStartAt >= (theirs[index]?.scheduledEndAt ?? '')).to.equal(true));
    }
  });
});
