import { APPOINTMENT_LINK, appointmentPath } from '@riparo/shared/contracts/links';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../../bench.js';
import { readPage } from '../../read-page.js';
import { at, booked, MONDAY, readAppointment, type AppointmentView } from '../appointment.builder.js';

describe('the page /appointments/:token', () => {
  let bench: Bench;
  let rosa: Person;
  let visit: AppointmentView;
  let path: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    rosa = await bench.customer();
    await bench.technician();
    visit = await booked(bench, rosa, await bench.open(rosa), at('2026-03-06', '10:00'));
    const grant = { tenantId: 'default', subjectId: visit.id, state: visit.scheduledStartAt };
    path = appointmentPath(bench.test.platform.links.sign(APPOINTMENT_LINK, grant, new Date(visit.scheduledStartAt)));
  });
  afterEach(() => bench.stop());

  const show = (verb = '', form?: Readonly<Record<string, string>>, language?: string) => readPage(bench, `${path}${verb}`, form, language);
  const read = () => readAppointment(bench, rosa, visit.id);
  const later = at('2026-03-09', '14:30');

  it('when it is opened, then it tells the time in the language of the browser, and changes nothing', async () => {
    const { status, text, forms } = await show();
    expect([status, forms]).to.deep.equal([200, [`${path}/confirm`, `${path}/cancel`]]);
    expect(text)
      .to.match(/Friday,? 6 March 2026, 10:00–11:00/)
      .and.include(`href="${path}/move?lang=en"`)
      .and.not.include('Bianchi');
    expect((await show('', undefined, 'it')).text).to.include('venerdì 6 marzo 2026, 10:00–11:00');
    expect(await read())
      .to.include({ status: 'SCHEDULED' })
      .and.not.to.have.property('confirmedAt');
  });

  it('when it is confirmed, then it says thank you and can still be moved or cancelled', async () => {
    const { status, text, forms } = await show('/confirm', {});
    expect([status, forms, text.includes('is confirmed')]).to.deep.equal([200, [`${path}/cancel`], true]);
    expect((await read()).confirmedAt).to.equal(new Date(MONDAY).toISOString());
  });

  it('when it is cancelled, then the reason is kept and nothing is left to do', async () => {
    const { status, text, forms } = await show('/cancel', { reason: ' I am ill ' });
    expect([status, forms, text.includes('has been cancelled')]).to.deep.equal([200, [], true]);
    expect((await read()).cancellation).to.include({ kind: 'CUSTOMER', reason: 'I am ill' });
    expect((await show('/confirm', {})).status).to.equal(409);
    expect((await show('/move')).status).to.equal(409);
  });

  it('when a free time is chosen, then it is moved, and the page is that of the new time', async () => {
    const times = await show('/move');
    expect([times.status, times.forms, times.fields]).to.deep.equal([200, [`${path}/move`], ['start']]);
    expect(times.text)
      .to.match(/<optgroup label="Monday,? 9 March 2026">/)
      .and.include(`value="${later.scheduledStartAt}"`);
    const moved = await show('/move', { start: later.scheduledStartAt });
    expect([moved.status, moved.text.includes('has been moved')]).to.deep.equal([200, true]);
    expect(moved.text).to.match(/Monday,? 9 March 2026, 14:30–15:30/);
    expect(await read()).to.include(later);
    expect((await show()).status).to.equal(422);
    const [cancel = ''] = moved.forms;
    expect((await readPage(bench, cancel, {})).text).to.include('has been cancelled');
  });

  it('when no time or a taken one is chosen, then it asks again, and the appointment stays', async () => {
    const none = await show('/move', { start: '' });
    expect([none.status, none.forms.length, none.text.includes('choose one of the free times')]).to.deep.equal([422, 1, true]);
    await booked(bench, rosa, await bench.open(rosa), later);
    const taken = await show('/move', { start: later.scheduledStartAt });
    expect([taken.status, taken.forms.length, taken.text.includes('just been taken')]).to.deep.equal([409, 1, true]);
    expect(await read()).to.include(at('2026-03-06', '10:00'));
  });

  it('when it is too late to change it, then it can only be confirmed, and the page says whom to ask', async () => {
    bench.test.clock.set('2026-03-06T07:30:00Z');
    const { text, forms } = await show();
    expect([forms, text.includes('please call us'), text.includes('/move')]).to.deep.equal([[`${path}/confirm`], true, false]);
    expect((await show('/cancel', {})).status).to.equal(409);
    const times = await show('/move');
    expect([times.status, times.text.includes('too late')]).to.deep.equal([409, true]);
    expect(await read()).to.include({ status: 'SCHEDULED' });
  });

  it('when the link is wrong, or the appointment has another time or has begun, then 422 in words', async () => {
    for (const verb of ['', '/move']) expect((await readPage(bench, `/appointments/nonsense${verb}`)).status).to.equal(422);
    for (const verb of ['/confirm', '/cancel', '/move'])
      expect((await readPage(bench, `/appointments/nonsense${verb}`, { start: later.scheduledStartAt })).status).to.equal(422);
    await bench.api.patch(`/appointments/${visit.id}`, later, rosa);
    const { status, text, forms } = await show();
    expect([status, forms, text.includes('no longer works')]).to.deep.equal([422, [], true]);
  });
});
