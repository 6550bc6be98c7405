import { expect } from 'chai';
import { at, booked, MONDAY, type AppointmentView } from './appointment.builder.js';
import { startBench, type Bench, type Person } from '../bench.js';

describe('writes on an appointment that customers do not see', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let path: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    path = `/appointments/${(await booked(bench, rosa, await bench.open(rosa))).id}`;
    bench.test.clock.advance(60_000);
  });
  afterEach(() => bench.stop());

  const patch = (by: Person, body: unknown, etag?: string | null) =>
    bench.api.patch<AppointmentView>(path, body, { ...by, headers: typeof etag === 'string' ? { 'if-match': etag } : {} });
  const etagOf = async (by: Person) => (await bench.api.get(path, by)).headers.get('etag');
  /** Everything that the customer can read of it, the calendar file too. */
  const seen = async () => {
    const [{ headers, body }, file] = [await bench.api.get<AppointmentView>(path, rosa), await bench.api.get(`${path}.ics`, rosa)];
    return { etag: headers.get('etag'), data: body.data, file: file.text };
  };

  it('when the technician writes a note, then what the customer reads stays, ETag and calendar file too', async () => {
    const [before, staff] = [await seen(), await etagOf(agent)];
    expect((await patch(elena, { technicianNotes: 'Beware of the dog' })).status).to.equal(200);
    expect(await seen()).to.deep.equal(before);
    expect(await etagOf(agent)).not.to.equal(staff);
    expect((await patch(agent, { technicianNotes: 'No dog' }, staff)).status).to.equal(412);
  });

  it('when the technician will be away, then the customer learns of it with the new time and not before', async () => {
    const before = await seen();
    const away = `/schedules/${elena.caller.userId}/time-off`;
    const { status, body } = await bench.api.post<{ id: string }>(away, { from: '2026-03-03', to: '2026-03-03' }, agent);
    expect(status).to.equal(201);
    expect(await seen()).to.deep.equal(before);
    expect((await bench.api.delete(`${away}/${body.data.id}`, agent)).status).to.be.below(300);
    expect(await seen()).to.deep.equal(before);
  });

  it("when something visible follows, then the customer's ETag moves by one, and the old one is 412", async () => {
    const old = await etagOf(rosa);
    await patch(elena, { technicianNotes: 'Beware of the dog' });
    expect((await patch(rosa, { customerNotes: 'Ring twice' }, old)).body.data.version).to.equal(2);
    expect((await patch(rosa, { customerNotes: 'Ring once' }, old)).status).to.equal(412);
    expect((await patch(rosa, at('2026-03-04', '15:00'), old)).status).to.equal(412);
    expect((await patch(rosa, at('2026-03-04', '15:00'), await etagOf(rosa))).body.data.version).to.equal(3);
    expect((await seen()).file).to.contain('SEQUENCE:2');
  });
});
