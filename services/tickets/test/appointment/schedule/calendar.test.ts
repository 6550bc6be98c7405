import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { randomUUID } from 'node:crypto';
import { at, booked, MONDAY, type AppointmentView } from '../appointment.builder.js';
import { buildUser, startBench, type Bench, type Person } from '../../bench.js';

const events = (text: string): readonly ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
const statusOf = (event: ICAL.Event | undefined) => event?.component.getFirstPropertyValue('status');

describe('calendars', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  let elena: Person & { readonly user: { readonly id: string } };
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { PUBLIC_URL: 'https://riparo.example/' } });
    [rosa, agent] = [await bench.customer({ contactPhone: '+39 333 1' }), bench.person('AGENT')];
    elena = await bench.technician({ name: 'Elena' });
  });
  afterEach(() => bench.stop());

  const move = (id: string, time: string) => bench.api.patch<AppointmentView>(`/appointments/${id}`, at('2026-03-03', time), agent);

  describe('GET /appointments/:id.ics', () => {
    const read = (by: Person, id: string) => bench.api.get(`/appointments/${id}.ics`, by);

    it('when a customer takes it along, then another program reads it, and nothing internal is in it', async () => {
      const location = await bench.location({ customerId: rosa.customer.id });
      const ticket = await bench.open(rosa, { locationId: location.id });
      const { id } = await booked(bench, agent, ticket, {
        type: 'ONSITE_VISIT',
        technicianNotes: 'Difficult',
        customerNotes: 'Ring; twice, please',
      });
      const { status, headers, text } = await read(rosa, id);
      expect(status).to.equal(200);
      expect(headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
      expect(headers.get('content-disposition')).to.include(`${ticket.ticketNumber}.ics`);
      const [event] = events(text);
      expect(event?.startDate.toJSDate().toISOString()).to.equal(at('2026-03-03', '10:00').scheduledStartAt);
      expect(event?.endDate.toJSDate().toISOString()).to.equal(at('2026-03-03', '10:00').scheduledEndAt);
      expect(event?.uid).to.include(id);
      expect(event?.location).to.include('Via Roma 1');
      expect(event?.description).to.include('Ring; twice, please').and.include('Elena').and.include(ticket.ticketNumber);
      expect(statusOf(event)).to.equal('CONFIRMED');
      expect(text).not.to.include('Difficult');
      expect((await read(elena, id)).text).not.to.include('Difficult');
    });

    it('when it is moved and called off, then the sequence grows and the status says so', async () => {
      const { id } = await booked(bench, agent, await bench.open(rosa));
      const sequences = [events((await read(rosa, id)).text)[0]?.sequence ?? 0];
      await move(id, '14:00');
      const [moved] = events((await read(rosa, id)).text);
      expect(moved?.startDate.toJSDate().toISOString()).to.equal(at('2026-03-03', '14:00').scheduledStartAt);
      sequences.push(moved?.sequence ?? 0);
      await bench.api.patch(`/appointments/${id}`, { status: 'CANCELLED' }, agent);
      const [off] = events((await read(rosa, id)).text);
      sequences.push(off?.sequence ?? 0);
      expect(statusOf(off)).to.equal('CANCELLED');
      expect(sequences).to.deep.equal([...new Set(sequences)].sort((a, b) => a - b));
    });

    it('when notes try to write lines of their own, or are long, then they stay text', async () => {
      const notes = `x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Forged\nATTACH:https://evil.example ${'à€😀'.repeat(60)}`;
      const name = 'Bianchi\\, Rosa; "A"';
      const other = await bench.customer({ name, surname: 'B' });
      const { id } = await booked(bench, agent, await bench.open(other), { customerNotes: notes });
      const { text } = await read(agent, id);
      const found = events(text);
      expect(found).to.have.length(1);
      expect(found[0]?.summary).to.include(name);
      expect(found[0]?.description).to.include(notes);
      expect(found[0]?.component.getFirstProperty('attach')).to.equal(null);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).to.be.at.most(75);
    });

    it('when it is another’s, then 404; when nobody asks, then 401', async () => {
      const { id } = await booked(bench, agent, await bench.open(rosa));
      const marco = await bench.technician();
      expect((await read(await bench.customer(), id)).body.code).to.equal('APPOINTMENT_NOT_FOUND');
      expect((await read(marco, id)).status).to.equal(404);
      expect((await read(agent, randomUUID())).status).to.equal(404);
      expect((await bench.api.get(`/appointments/${id}.ics`)).status).to.equal(401);
    });
  });

  describe('the private calendar of a technician', () => {
    const path = (technician: Person) => `/schedules/${technician.caller.userId}/calendar-feed`;
    const open = async (by: Person = elena): Promise<string> => {
      const { status, body } = await bench.api.post<{ url: string }>(path(elena), undefined, by);
      expect(status).to.equal(201);
      return body.data.url;
    };
    const fetchFeed = (url: string, headers: Readonly<Record<string, string>> = {}) =>
      bench.api.get(new URL(url).pathname, { root: true, headers });

    it('when opened, then its address shows what is booked, without login and without anything internal', async () => {
      const ticket = await bench.open(rosa);
      const mine = await booked(bench, agent, ticket, { technicianNotes: 'Difficult' });
      const off = await booked(bench, agent, ticket, at('2026-03-03', '16:00'));
      await bench.api.patch(`/appointments/${off.id}`, { status: 'CANCELLED' }, agent);
      const url = await open();
      expect(url).to.match(/^https:\/\/riparo\.example\/api\/v1\/public\/calendars\/[\w-]{86}\.ics$/);
      const { status, headers, text } = await fetchFeed(url);
      expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/calendar; charset=utf-8']);
      const found = events(text);
      expect(found.map(({ uid }) => uid.split('@')[0])).to.deep.equal([mine.id, off.id]);
      expect(found.map(statusOf)).to.deep.equal(['CONFIRMED', 'CANCELLED']);
      expect(found[0]?.summary).to.include('Rosa Bianchi');
      expect(text).not.to.include('Difficult');
    });

    it('when nothing has changed, then 304; after a move, the new time', async () => {
      const { id } = await booked(bench, agent, await bench.open(rosa));
      const url = await open();
      const tag = (await fetchFeed(url)).headers.get('etag') ?? '';
      bench.test.clock.advance(60_000);
      const again = await fetchFeed(url, { 'if-none-match': `"other", W/${tag}` });
      expect([again.status, again.text, again.headers.get('etag')]).to.deep.equal([304, '', tag]);
      const many = Array.from({ length: 30 }, (_, n) => `"${String(n).repeat(40)}"`).join(', ');
      for (const known of ['*', `"a,b" , ${tag}`, `${many}, ${tag}`])
        expect((await fetchFeed(url, { 'if-none-match': known })).status, known).to.equal(304);
      for (const other of [tag.replaceAll('"', ''), `"x${tag.slice(1)}`, ''])
        expect((await fetchFeed(url, { 'if-none-match': other })).status).to.equal(200);
      await move(id, '14:00');
      const moved = await fetchFeed(url, { 'if-none-match': tag });
      expect(moved.status).to.equal(200);
      expect(events(moved.text)[0]?.startDate.toJSDate().toISOString()).to.equal(at('2026-03-03', '14:00').scheduledStartAt);
    });

    it('when another is opened, or it is ended, or they leave, then the address leads nowhere', async () => {
      const first = await open();
      const second = await open(agent);
      expect([(await fetchFeed(first)).status, (await fetchFeed(second)).status]).to.deep.equal([404, 200]);
      expect((await bench.api.delete(path(elena), elena)).status).to.equal(204);
      expect((await bench.api.delete(path(elena), elena)).status).to.equal(204);
      expect((await fetchFeed(second)).status).to.equal(404);
      const third = await open();
      await bench.test.publish(
        UserUpdated,
        { user: buildUser({ ...elena.user, status: 'DISABLED' }) },
        { subject: elena.user.id, version: 2 },
      );
      expect((await fetchFeed(third)).status).to.equal(404);
    });

    it('when the address is guessed, then 404, whatever it looks like', async () => {
      for (const token of ['x', 'A'.repeat(86), '%7B%22$ne%22:null%7D', '../../tickets'])
        expect((await bench.api.get(`/public/calendars/${token}.ics`)).status).to.equal(404);
    });

    it('when it is kept, then only its hash is', async () => {
      const token = (await open()).split('/').at(-1)?.replace('.ics', '') ?? '';
      const kept = await bench.test.platform.connection.collection('technicians').find({}).toArray();
      expect(JSON.stringify(kept)).not.to.include(token);
    });

    it('when it is another technician’s, then 404; a customer’s wish, then 403', async () => {
      const marco = await bench.technician();
      expect((await bench.api.post(path(elena), undefined, marco)).status).to.equal(404);
      expect((await bench.api.delete(path(elena), marco)).status).to.equal(404);
      expect((await bench.api.post(path(elena), undefined, rosa)).status).to.equal(403);
    });
  });
});
