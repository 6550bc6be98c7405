import { randomUUID } from 'node:crypto';
import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentRescheduled,
  AppointmentStatusChanged,
  type PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import { CustomerCreated } from '@riparo/shared/contracts/auth.events';
import { APPOINTMENT_LINK } from '@riparo/shared/contracts/links';
import { expect } from 'chai';
import { knowCompany, startBench, type Bench } from './bench.js';

describe('appointment events', () => {
  let bench: Bench;
  before(async () => {
    // The links in mails end when the appointment begins.
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
    await knowCompany(bench);
  });
  after(() => bench.stop());

  const scene = async (overrides: Partial<PublishedAppointment> = {}, locale = 'en') => {
    const customerId = randomUUID();
    const [customer, engineer] = [
      await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, name: 'Carla Verdi', locale }),
      await bench.knowUser({ name: 'Grace Bianchi' }),
    ];
    const appointment: PublishedAppointment = {
      id: randomUUID(),
      ticketId: randomUUID(),
      ticketNumber: 'TKT-2026-001',
      customerId,
      contactUserId: customer.id,
      createdByUserId: customer.id,
      type: 'ONSITE_VISIT',
      status: 'SCHEDULED',
      scheduledStartAt: '2026-03-03T09:00:00.000Z',
      scheduledEndAt: '2026-03-03T10:00:00.000Z',
      technicianId: engineer.id,
      technicianName: engineer.name,
      location: { id: randomUUID(), name: 'Office', address: 'Via Roma 1, 41121 Modena MO, IT' },
      customerNotes: 'Ring twice',
      ...overrides,
    };
    return { customer, engineer, appointment };
  };
  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };

  it('when booked, then the customer reads when, where and who, and the technician what for', async () => {
    const { customer, engineer, appointment } = await scene();
    await bench.publish(AppointmentBooked, { appointment, actorUserId: customer.id }, { subject: appointment.id });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.subject).to.match(/^\[TKT-2026-001\] Your appointment: Tuesday,? 3 March 2026\D+10:00$/);
    expect(mail?.text).to.contain('to 11:00').and.contain('Technician: Grace Bianchi').and.contain('Via Roma 1');
    const [other] = await mailsTo(engineer.email);
    expect(other?.text).to.contain('Notes: Ring twice').and.not.to.contain('/appointments/');
  });

  it('when it is about a repair, then its number and its page are the repair’s', async () => {
    const { customer, engineer, appointment } = await scene();
    const { ticketId: _id, ticketNumber: _number, ...rest } = appointment;
    const repairId = randomUUID();
    const ofRepair = { ...rest, repairId, repairNumber: 'REP-2026-000001' };
    await bench.publish(AppointmentBooked, { appointment: ofRepair }, { subject: ofRepair.id });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.subject).to.match(/^\[REP-2026-000001\] Your appointment/);
    expect(mail?.text).to.contain('Repair: REP-2026-000001').and.contain(`/repairs/${repairId}`).and.not.to.contain('icket');
    expect((await mailsTo(engineer.email))[0]?.text).to.contain('Repair: REP-2026-000001');
  });

  it('when nobody of the customer has a part in it, then the customer’s address is told', async () => {
    const { ticketId: _id, ticketNumber: _number, contactUserId: _contact, ...rest } = (await scene()).appointment;
    const contactEmail = `${randomUUID()}@walk-in.example`;
    const customer = { id: rest.customerId, type: 'INDIVIDUAL' as const, name: 'Walk', contactEmail, status: 'ACTIVE' as const };
    const appointment = { ...rest, customerId: randomUUID(), repairId: randomUUID(), repairNumber: 'REP-2026-000002' };
    await bench.publish(CustomerCreated, { customer: { ...customer, id: appointment.customerId } }, { subject: appointment.customerId });
    await bench.publish(AppointmentBooked, { appointment }, { subject: appointment.id });
    const cancellation = { kind: 'REPAIR_DONE' as const, at: '2026-03-02T09:00:00.000Z' };
    const cancelled = { ...appointment, status: 'CANCELLED' as const, cancellation };
    await bench.publish(AppointmentCancelled, { appointment: cancelled }, { subject: appointment.id, version: 2 });
    const mails = await mailsTo(contactEmail);
    expect(mails).to.have.length(2);
    expect(mails[0]?.text).to.contain('/appointments/').and.not.to.contain('/repairs/');
    expect(mails[1]?.text).to.contain('because the repair is done');
  });

  it('when it is done, then the customer reads what was done', async () => {
    const { customer, engineer, appointment } = await scene({ status: 'COMPLETED', completionSummary: 'Replaced the fan' });
    await bench.publish(
      AppointmentStatusChanged,
      { appointment, from: 'IN_PROGRESS', to: 'COMPLETED', actorUserId: engineer.id },
      { subject: appointment.id, version: 4 },
    );
    const [mail] = await mailsTo(customer.email);
    expect(mail?.text).to.contain('is done').and.contain('Replaced the fan');
  });

  it('when the reader is Italian, then they read it in Italian', async () => {
    const { customer, appointment } = await scene({}, 'it');
    await bench.publish(AppointmentBooked, { appointment }, { subject: appointment.id });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.subject).to.contain('Il tuo appuntamento').and.contain('martedì 3 marzo 2026').and.contain('10:00');
  });

  it('when a reminder is due, then its link is for this appointment at this time and ends when it begins', async () => {
    const { customer, appointment } = await scene();
    await bench.publish(AppointmentReminderDue, { appointment, kind: 'DAY' }, { subject: appointment.id });
    const [mail] = await mailsTo(customer.email);
    const token = /\/appointments\/([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const grant = bench.platform.links.verify(APPOINTMENT_LINK, token);
    expect(grant).to.deep.equal({ tenantId: 'default', subjectId: appointment.id, state: appointment.scheduledStartAt });
    expect(JSON.stringify(bench.published)).not.to.contain(token);
  });

  it('when moved to another time and technician, then customer, new and former technician are told', async () => {
    const { customer, engineer, appointment } = await scene();
    const former = await bench.knowUser();
    const from = { scheduledStartAt: '2026-03-02T09:00:00.000Z', scheduledEndAt: '2026-03-02T10:00:00.000Z', technicianId: former.id };
    await bench.publish(AppointmentRescheduled, { appointment, from, actorUserId: customer.id }, { subject: appointment.id, version: 2 });
    expect((await mailsTo(customer.email))[0]?.subject).to.contain('moved');
    expect((await mailsTo(engineer.email))[0]?.subject).to.contain('Appointment for you');
    expect((await mailsTo(former.email))[0]?.subject).to.match(/No appointment any more: Monday,? 2 March/);
  });

  it('when only somebody else comes, then the customer is not troubled', async () => {
    const { customer, engineer, appointment } = await scene();
    const { scheduledStartAt, scheduledEndAt } = appointment;
    const from = { scheduledStartAt, scheduledEndAt };
    await bench.publish(AppointmentRescheduled, { appointment, from }, { subject: appointment.id, version: 2 });
    expect(await mailsTo(customer.email)).to.have.length(0);
    expect(await mailsTo(engineer.email)).to.have.length(1);
  });

  it('when the desk cancels, then the customer reads why too, and otherwise only the technician does', async () => {
    for (const byCustomer of [false, true]) {
      const { customer, engineer, appointment } = await scene();
      const kind = byCustomer ? ('CUSTOMER' as const) : ('STAFF' as const);
      const cancellation = { kind, reason: 'No part', at: '2026-03-02T09:00:00.000Z' };
      const actorUserId = byCustomer ? customer.id : randomUUID();
      const cancelled = { ...appointment, status: 'CANCELLED' as const, cancellation };
      await bench.publish(AppointmentCancelled, { appointment: cancelled, actorUserId }, { subject: appointment.id, version: 2 });
      const mails = await mailsTo(customer.email);
      expect(mails.map(({ text }) => text?.includes('No part'))).to.deep.equal(byCustomer ? [] : [true]);
      expect(await mailsTo(engineer.email)).to.have.length(1);
    }
  });

  it('when the technician sets out, then the customer reads when they arrive; when they begin, nothing', async () => {
    const { customer, engineer, appointment } = await scene({ status: 'IN_TRANSIT', expectedArrivalAt: '2026-03-03T08:50:00.000Z' });
    const actorUserId = engineer.id;
    await bench.publish(
      AppointmentStatusChanged,
      { appointment, from: 'SCHEDULED', to: 'IN_TRANSIT', actorUserId },
      { subject: appointment.id },
    );
    await bench.publish(AppointmentStatusChanged, { appointment, from: 'IN_TRANSIT', to: 'IN_PROGRESS', actorUserId }, { version: 3 });
    const mails = await mailsTo(customer.email);
    expect(mails.map(({ text }) => text?.includes('09:50'))).to.deep.equal([true]);
    expect(await mailsTo(engineer.email)).to.have.length(0);
  });

  it('when it needs replanning, then the desk is told and the customer is not', async () => {
    const { customer, appointment } = await scene();
    const agent = await bench.knowUser({ role: 'AGENT' });
    await bench.publish(AppointmentNeedsReplanning, { appointment, reason: 'TECHNICIAN_LEFT' }, { subject: appointment.id });
    expect(await mailsTo(agent.email)).to.have.length(1);
    expect(await mailsTo(customer.email)).to.have.length(0);
  });

  it('when its vehicle is gone, then the desk reads that, and not that somebody is away', async () => {
    const { appointment, engineer } = await scene();
    const agent = await bench.knowUser({ role: 'AGENT' });
    const data = { appointment, reason: 'VEHICLE_GONE' as const, technicianId: engineer.id };
    await bench.publish(AppointmentNeedsReplanning, data, { subject: appointment.id });
    const [mail] = await mailsTo(agent.email);
    expect(mail?.text).to.include('the vehicle of this visit is not there').and.not.include('takes time off');
  });

  it('when the person has switched appointments off, then they get none', async () => {
    const { customer, appointment } = await scene();
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: customer.id, customerId: appointment.customerId });
    const off = { email: false, sms: false, inApp: false };
    const { status } = await bench.api.put(
      '/me/notification-preferences',
      { categories: { APPOINTMENTS: off }, colleagues: false },
      { token },
    );
    expect(status).to.equal(200);
    await bench.publish(AppointmentBooked, { appointment }, { subject: appointment.id });
    expect(await mailsTo(customer.email)).to.have.length(0);
  });
});
