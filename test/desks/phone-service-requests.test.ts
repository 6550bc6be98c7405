import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { joinAsEngineer, moveIn } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { PASSWORD, type Person } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';

interface Repair {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly statusName: string;
  readonly [field: string]: unknown;
}
interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

const PHONE = { category: 'PHONE', brand: 'Apple', model: 'iPhone 15', serialNumber: 'F2LXQ0' };

/** What a shop for phones says of service requests, tracking, appointments, payments and administrators, line by line. */
inOneSharedProcess('a phone repair shop: service requests', (scene) => {
  let customer: Person;
  let technician: Person;
  let technicianId: string;
  let admin: Person;
  let request: Repair;
  before(async () => {
    ({ admin } = scene().cast);
    technician = await joinAsEngineer(scene().cast, 'screens@example.com', 'Sam Screens');
    technicianId = (await technician.get<{ user: { id: string } }>('/auth/me')).user.id;
    ({ customer } = await moveIn(scene().cast.url, 'phone@example.com'));
  });

  const track = (): Promise<Repair> => customer.get<Repair>(`/repairs/${request.id}/status`);
  const offered = async (type: string): Promise<readonly Slot[]> => {
    const [from, to] = [new Date(Date.now() + DAY_MS), new Date(Date.now() + 10 * DAY_MS)].map((at) => at.toISOString());
    return customer.get<readonly Slot[]>(`/appointments/slots?type=${type}&from=${String(from)}&to=${String(to)}`);
  };

  describe('customers', () => {
    it('when they request a repair with a preferred time that fits, then it is booked', async () => {
      const [first] = await offered('DROP_OFF');
      request = await customer.post<Repair>('/repairs', {
        device: PHONE,
        problemDescription: 'The display is cracked.',
        preferredAppointmentAt: first?.startAt,
        preferredAppointmentType: 'DROP_OFF',
      });
      expect(request).to.deep.include({ source: 'PORTAL', device: PHONE });
      expect(request.appointment).to.include({ type: 'DROP_OFF', scheduledStartAt: first?.startAt });
      await mailTo(scene().cast.mailbox, 'phone@example.com', new RegExp(request.number));
    });

    it('when they track a request, then they see its expected completion', async () => {
      await admin.put(`/repairs/${request.id}`, { estimatedCompletionAt: '2030-01-31T16:00:00Z' });
      expect(await track()).to.include({ number: request.number, estimatedCompletionAt: '2030-01-31T16:00:00.000Z' });
    });

    it('when they choose another appointment from the free times, then it is booked', async () => {
      const [, second] = await offered('REMOTE_SESSION');
      const times = { scheduledStartAt: second?.startAt, scheduledEndAt: second?.endAt };
      const booked = await customer.post<object>('/appointments', { repairId: request.id, type: 'REMOTE_SESSION', ...times });
      expect(booked).to.include({ repairId: request.id, status: 'SCHEDULED', scheduledStartAt: second?.startAt });
    });

    it('when they write to the service team, then the team reads it', async () => {
      await customer.post(`/repairs/${request.id}/reply`, { body: 'The case may stay on.' });
      const said = await admin.get<readonly { body: string }[]>(`/repairs/${request.id}/activities`);
      expect(said.map(({ body }) => body)).to.include('The case may stay on.');
    });
  });

  describe('administrators', () => {
    it('when they assign a request and update its status, then technician and status are set', async () => {
      expect((await admin.get<readonly Repair[]>('/repairs')).map(({ id }) => id)).to.deep.equal([request.id]);
      expect(await admin.post<Repair>(`/repairs/${request.id}/assign`, { technicianId })).to.deep.include({
        assignedTo: { id: technicianId, name: 'Sam Screens' },
      });
      expect(await admin.patch<Repair>(`/repairs/${request.id}/status`, { status: 'IN_PROGRESS' })).to.include({ status: 'IN_PROGRESS' });
    });

    it('when they move and cancel an appointment, then it is cancelled', async () => {
      const [appointment] = await admin.get<readonly { id: string }[]>(`/appointments?repairId=${request.id}&status=SCHEDULED`);
      const [, , third] = await offered('REMOTE_SESSION');
      expect(appointment).to.be.an('object');
      const path = `/appointments/${String(appointment?.id)}`;
      const moved = await admin.send('PATCH', path, { scheduledStartAt: third?.startAt, scheduledEndAt: third?.endAt });
      expect([200, 409]).to.include(moved.status);
      expect(await admin.patch<object>(path, { status: 'CANCELLED', reason: 'The shop is closed' })).to.include({ status: 'CANCELLED' });
    });

    it('when they look at the workloads, then they see what each technician has to do', async () => {
      const rows = await admin.get<readonly { technician: { id: string }; openRepairs: number }[]>('/workloads');
      expect(rows.find(({ technician: { id } }) => id === technicianId)).to.include({ openRepairs: 1 });
    });
  });

  describe('afterwards', () => {
    it('when the status changes, then the customer reads the name that the shop gives it', async () => {
      const names = [(await track()).statusName];
      for (const status of ['AWAITING_PARTS', 'IN_PROGRESS', 'ON_HOLD', 'IN_PROGRESS', 'DELAYED', 'IN_PROGRESS', 'QUALITY_CHECK']) {
        await technician.patch(`/repairs/${request.id}/status`, { status });
        names.push((await track()).statusName);
      }
      await technician.post(`/repairs/${request.id}/complete`, { description: 'New display', amount: 19_900 });
      names.push((await track()).statusName);
      await admin.patch(`/repairs/${request.id}/status`, { status: 'PAYMENT_PENDING' });
      names.push((await track()).statusName);
      await admin.post(`/repairs/${request.id}/ready`, {});
      names.push((await track()).statusName);
      expect([...new Set(names)]).to.deep.equal([
        'In Progress',
        'Awaiting Parts',
        'On Hold',
        'Delayed',
        'Quality Check',
        'Completed',
        'Payment Pending',
        'Ready for Pickup',
      ]);
    });

    it('when administrators process payments, then the customer sees them among their past repairs', async () => {
      await admin.post(`/repairs/${request.id}/payment`, { method: 'CASH', amount: 9_900 });
      await admin.post(`/repairs/${request.id}/payment`, { method: 'CARD', amount: 10_000 });
      await admin.post(`/repairs/${request.id}/collect`, { collectedBy: 'Carla Bruni' });
      const [past] = await customer.get<readonly Repair[]>('/repairs?active=false');
      expect(past).to.include({ id: request.id, status: 'CLOSED' });
      expect(past?.amountPaid).to.deep.equal({ amount: 19_900, currency: 'EUR' });
      const cancelled = await customer.post<Repair>('/repairs', {
        device: { ...PHONE, serialNumber: 'OTHER' },
        problemDescription: 'No sound',
      });
      expect(await customer.post<Repair>(`/repairs/${cancelled.id}/cancel`, {})).to.include({ statusName: 'Canceled' });
    });

    it('when earlier clients use their addresses, then they answer alike', async () => {
      const base = `${scene().cast.url}/api`;
      const json = { 'content-type': 'application/json' };
      const body = JSON.stringify({ email: customer.email, password: PASSWORD });
      const login = await fetch(`${base}/auth/login`, { method: 'POST', headers: json, body });
      const { token } = ((await login.json()) as { data: { token: string } }).data;
      const headers = { ...json, authorization: `Bearer ${token}` };
      const asked = { device: { ...PHONE, serialNumber: 'THIRD' }, problemDescription: 'It is hot' };
      const made = await fetch(`${base}/service-request`, { method: 'POST', headers, body: JSON.stringify(asked) });
      const { id } = ((await made.json()) as { data: { id: string } }).data;
      const status = await fetch(`${base}/service-request/${id}/status`, { headers });
      expect([made.status, status.status]).to.deep.equal([201, 200]);
      expect(((await status.json()) as { data: object }).data).to.include({ status: 'PENDING', statusName: 'Pending' });
    });
  });
});
