import { randomUUID } from 'node:crypto';
import { SettingsChanged, UserUpdated } from '@riparo/shared/contracts/auth.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairEstimateChanged,
  RepairPaid,
  RepairReady,
  RepairReceived,
  RepairRefused,
  RepairReplied,
  RepairStatusChanged,
  type PublishedRepair,
  type RepairEventV1,
} from '@riparo/shared/contracts/repairs.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { knowCustomer, startBench, type Bench } from './bench.js';

const euro = (amount: number) => ({ amount, currency: 'EUR' });
const OUTCOME = {
  type: 'COMPLETED' as const,
  description: 'New <b>mainboard</b>.',
  amount: euro(129_900),
  productionCost: euro(77_701),
  labourMinutes: 90,
  decidedAt: '2026-03-05T10:00:00.000Z',
  decidedByUserId: randomUUID(),
};
/** The production cost as a mail could show it. Whole words only: the ids in mails are random and hold any digits in a row. */
const PRODUCTION_COST = /\b777[.,]01\b|\b77[.,]?701\b|productionCost/;
const AT = '2026-03-05T10:00:00.000Z';

describe('repair events', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
    await bench.publish(SettingsChanged, {
      settings: {
        companyName: 'Officina Riparo',
        address: 'Via Emilia 1, Modena',
        contactPhone: '+39 059 654321',
        timeZone: 'Europe/Rome',
        locale: 'en',
        currency: 'EUR',
        calendar: { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] },
      },
    });
  });
  afterEach(() => bench.stop());

  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };
  const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);

  let version = 0;
  const tell = <T extends RepairEventV1>(contract: EventContract<T>, data: Omit<T, 'at'>, its = ++version): Promise<void> =>
    bench.publish(contract, { at: AT, ...data } as unknown as T, { subject: data.repair.id, version: its });

  /** Taken in at the desk for somebody who has no login. */
  const walkIn = async (part: Partial<PublishedRepair> = {}) => {
    const address = `${randomUUID()}@walk-in.test`;
    const repair = buildPublishedRepair({ ...part });
    await knowCustomer(bench, repair.customerId, address);
    return { address, repair };
  };

  /** Asked for by a person of a customer. */
  const portal = async (part: Partial<PublishedRepair> = {}, locale = 'en') => {
    const customerId = randomUUID();
    await knowCustomer(bench, customerId, 'studio@example.test');
    const customer = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, name: 'Carla Verdi', locale });
    const technician = await bench.knowUser({ name: 'Grace Bianchi' });
    const repair = buildPublishedRepair({
      source: 'PORTAL',
      customerId,
      createdByUserId: customer.id,
      contactUserId: customer.id,
      ...part,
    });
    return { customer, technician, repair };
  };

  it('when a device is taken in for somebody without a login, then their address gets one receipt', async () => {
    const { address, repair } = await walkIn({
      device: { ...buildPublishedRepair().device, serialNumber: 'PF 3X/9', accessories: ['charger', 'bag'], condition: 'Scratches' },
      estimatedCompletionAt: '2026-03-03T16:00:00.000Z',
    });
    for (let times = 0; times < 2; times++) await tell(RepairReceived, { repair, actorUserId: repair.createdByUserId }, 1);
    const [mail, ...more] = await mailsTo(address);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal('[REP-2026-000001] We have your Dell Latitude 7420');
    expect(mail?.text)
      .to.contain('Hello Studio Verdi')
      .and.contain('With it: charger, bag')
      .and.contain('Condition: Scratches')
      .and.match(/Expected to be done: Tuesday,? 3 March 2026/)
      .and.contain('17:00')
      .and.contain('https://support.test/repair-status?number=REP-2026-000001&serialNumber=PF+3X%2F9');
    expect(mail?.html).to.contain(
      '<a href="https://support.test/repair-status?number&#x3D;REP-2026-000001&amp;serialNumber&#x3D;PF+3X%2F9"',
    );
  });

  it('when a customer asks for a repair, then it is confirmed to that person alone, and the desk is told', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const { customer, repair } = await portal();
    await tell(RepairReceived, { repair, actorUserId: customer.id });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.text).to.contain('thank you for your request').and.contain(`https://support.test/repairs/${repair.id}`);
    expect(await mailsTo('studio@example.test')).to.have.length(0);
    expect(await subjectsTo(agent.email)).to.deep.equal(['[REP-2026-000001] Studio Verdi asks for a repair: Dell Latitude 7420']);
  });

  it('when the desk takes it in, then the desk is not told', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const { repair } = await walkIn();
    await tell(RepairReceived, { repair, actorUserId: agent.id });
    expect(await mailsTo(agent.email)).to.have.length(0);
  });

  for (const [from, to, subject] of [
    ['PENDING', 'IN_PROGRESS', 'We have begun with your Dell Latitude 7420'],
    ['AWAITING_PARTS', 'IN_PROGRESS', 'We go on with your Dell Latitude 7420'],
    ['IN_PROGRESS', 'AWAITING_PARTS', 'Awaiting Parts: Dell Latitude 7420'],
    ['IN_PROGRESS', 'ON_HOLD', 'On Hold: Dell Latitude 7420'],
    ['IN_PROGRESS', 'DELAYED', 'Delayed: Dell Latitude 7420'],
    ['IN_PROGRESS', 'CANCELED', 'Canceled: Dell Latitude 7420'],
    ['QUALITY_CHECK', 'IN_PROGRESS', undefined],
    ['IN_PROGRESS', 'QUALITY_CHECK', undefined],
    ['PENDING', 'SCHEDULED', undefined],
    ['SCHEDULED', 'DISPATCHED', undefined],
    ['COMPLETED', 'PAYMENT_PENDING', undefined],
    ['IN_PROGRESS', 'COMPLETED', undefined],
    ['IN_PROGRESS', 'REFUSED', undefined],
    ['COMPLETED', 'READY_FOR_PICKUP', undefined],
    ['READY_FOR_PICKUP', 'CLOSED', undefined],
    ['CANCELED', 'CLOSED', undefined],
  ] as const) {
    it(`when ${from} becomes ${to}, then the customer ${subject === undefined ? 'gets no mail for that' : 'reads why'}`, async () => {
      const { address, repair } = await walkIn({ status: to });
      await tell(RepairStatusChanged, { repair, from, to, reason: 'The part is on its way' });
      const mails = await mailsTo(address);
      expect(mails.map((mail) => mail.subject)).to.deep.equal(subject === undefined ? [] : [`[REP-2026-000001] ${subject}`]);
      for (const { text } of mails) expect(text).to.contain('The part is on its way');
    });
  }

  it('when another time is expected, then the customer reads both on their wall clock, in their language', async () => {
    const { customer, repair } = await portal({ estimatedCompletionAt: '2026-04-01T07:00:00.000Z' }, 'it');
    await tell(RepairEstimateChanged, { repair, previousEstimatedCompletionAt: '2026-03-03T08:00:00.000Z' });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.text).to.match(/pronto mercoledì 1 aprile 2026\D+09:00, e non martedì 3 marzo 2026\D+09:00/);
  });

  it('when a day is promised, then the customer reads the day without an hour, in their language', async () => {
    const promised = { estimatedCompletionAt: '2026-04-01T16:00:00.000Z', estimatedCompletionDay: '2026-04-01' };
    const before = { previousEstimatedCompletionAt: '2026-03-03T17:00:00.000Z', previousEstimatedCompletionDay: '2026-03-03' };
    const [italian, english] = [await portal(promised, 'it'), await walkIn(promised)];
    await tell(RepairEstimateChanged, { repair: italian.repair, ...before });
    await tell(RepairEstimateChanged, { repair: english.repair });
    const [mail] = await mailsTo(italian.customer.email);
    expect(mail?.subject).to.contain('Fine prevista mercoledì 1 aprile 2026: ');
    expect(mail?.text).to.contain('pronto mercoledì 1 aprile 2026, e non martedì 3 marzo 2026 come detto prima.');
    expect((await mailsTo(english.address))[0]?.subject).to.match(/Expected on Wednesday,? 1 April 2026: /);
  });

  it('when the expected time comes with a change of status that is told, then there is one mail with both', async () => {
    const { address, repair } = await walkIn({ status: 'DELAYED', estimatedCompletionAt: '2026-03-09T08:00:00.000Z' });
    await tell(RepairStatusChanged, { repair, from: 'IN_PROGRESS', to: 'DELAYED' });
    await tell(RepairEstimateChanged, { repair, statusFrom: 'IN_PROGRESS' });
    const mails = await mailsTo(address);
    expect(mails.map(({ text }) => /Monday,? 9 March/.test(text ?? ''))).to.deep.equal([true]);
  });

  for (const [type, contract, words] of [
    ['COMPLETED', RepairCompleted, 'Repaired'],
    ['REFUSED', RepairRefused, 'Not repaired'],
  ] as const) {
    it(`when ${type}, then the customer reads what was done and the desk whom to call`, async () => {
      const [agent, tech] = [await bench.knowUser({ role: 'AGENT' }), await bench.knowUser({ name: 'Grace Bianchi' })];
      const outcome = { ...OUTCOME, type, decidedByUserId: tech.id };
      const { address, repair } = await walkIn({ status: type, outcome, amountDue: euro(129_900), assignedToUserId: tech.id });
      await tell(contract, { repair, actorUserId: tech.id });
      const [mail] = await mailsTo(address);
      expect(mail?.subject).to.equal(`[REP-2026-000001] ${words}: Dell Latitude 7420`);
      expect(mail?.text).to.contain('New <b>mainboard</b>.').and.contain('To be paid: €1,299.00');
      expect(mail?.html).to.contain('New &lt;b&gt;mainboard&lt;/b&gt;.');
      const [other] = await mailsTo(agent.email);
      expect(other?.text).to.contain('Grace Bianchi has').and.contain('Customer: Studio Verdi').and.contain(`E-mail: ${address}`);
      expect(await mailsTo(tech.email)).to.have.length(0);
      expect(bench.smtp.mails.flatMap(({ mail: { text, html } }) => [text, html]).join('\n')).not.to.match(PRODUCTION_COST);
    });
  }

  it('when who decided is all the desk there is, then they are not told of it', async () => {
    const owner = await bench.knowUser({ role: 'SUPER_ADMIN' });
    const { repair } = await walkIn({ status: 'COMPLETED', outcome: OUTCOME });
    await tell(RepairCompleted, { repair, actorUserId: owner.id });
    expect(await mailsTo(owner.email)).to.have.length(0);
  });

  for (const [name, part, words] of [
    ['part was paid', { amountPaid: euro(100_000) }, 'Still to be paid: €299.00'],
    ['all was paid', { amountPaid: euro(129_900) }, 'nothing left to be paid'],
    ['the rest was waived', { waived: true }, 'nothing left to be paid'],
  ] as const) {
    it(`when it is ready and ${name}, then the customer reads where to fetch it and what is left`, async () => {
      const { address, repair } = await walkIn({ status: 'READY_FOR_PICKUP', amountDue: euro(129_900), ...part });
      await tell(RepairReady, { repair });
      const [mail] = await mailsTo(address);
      expect(mail?.text).to.contain('Where: Via Emilia 1, Modena').and.contain('Phone: +39 059 654321').and.contain(words);
    });
  }

  it('when a payment is taken, then the customer gets a small receipt, in yen too', async () => {
    const { customer, repair } = await portal(
      { amountDue: { amount: 12_000, currency: 'JPY' }, amountPaid: { amount: 5_000, currency: 'JPY' } },
      'it',
    );
    const payment = { id: randomUUID(), method: 'CARD' as const, amount: { amount: 5_000, currency: 'JPY' }, reference: '4711' };
    await tell(RepairPaid, { repair, payment });
    const [mail] = await mailsTo(customer.email);
    expect(mail?.text?.replaceAll(/\s/gu, ' '))
      .to.contain('Ricevuto: 5000 JPY (carta)')
      .and.contain('da pagare: 7000 JPY')
      .and.contain('4711');
  });

  it('when it is collected, then the customer reads when and by whom', async () => {
    const { address, repair } = await walkIn({ status: 'CLOSED', collectedAt: AT, collectedBy: 'Uncle <Tom>' });
    await tell(RepairCollected, { repair });
    const [mail] = await mailsTo(address);
    expect(mail?.text).to.match(/to Uncle <Tom> on Thursday,? 5 March 2026\D+11:00/);
    expect(mail?.html).to.contain('Uncle &lt;Tom&gt;');
  });

  it('when it goes from one technician to another, then both are told, and not who did it', async () => {
    const { technician, repair } = await portal();
    const previous = await bench.knowUser();
    const given = { ...repair, assignedToUserId: technician.id };
    await tell(RepairAssigned, { repair: given, previousUserId: previous.id });
    expect(await subjectsTo(technician.email)).to.deep.equal(['[REP-2026-000001] Repair for you: Dell Latitude 7420']);
    expect(await subjectsTo(previous.email)).to.deep.equal(['[REP-2026-000001] Repair no longer yours: Dell Latitude 7420']);
    await tell(RepairAssigned, { repair: given, actorUserId: technician.id });
    expect(await mailsTo(technician.email)).to.have.length(1);
  });

  it('when staff reply, then the customer reads it; when the customer does, then who has it, or the desk', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const { customer, technician, repair } = await portal();
    const reply = { activityId: randomUUID(), body: 'Any news?' };
    const taken = { ...repair, assignedToUserId: technician.id };
    await tell(RepairReplied, { repair: taken, ...reply, byCustomer: false, actorUserId: technician.id });
    await tell(RepairReplied, { repair: taken, ...reply, byCustomer: true, actorUserId: customer.id });
    expect(await subjectsTo(customer.email)).to.deep.equal(['[REP-2026-000001] New reply: Dell Latitude 7420']);
    expect(await subjectsTo(technician.email)).to.deep.equal(['[REP-2026-000001] The customer replied: Dell Latitude 7420']);
    expect(await mailsTo(agent.email)).to.have.length(0);
    await tell(RepairReplied, { repair, ...reply, byCustomer: true, actorUserId: customer.id });
    expect(await mailsTo(agent.email)).to.have.length(1);
  });

  it('when a customer cancels what they asked for, then the desk is told, or who has it, and they are not', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const { customer, technician, repair } = await portal({ status: 'CANCELED' });
    const canceled = { from: 'PENDING', to: 'CANCELED', reason: 'Bought a new one', actorUserId: customer.id, byCustomer: true } as const;
    await tell(RepairStatusChanged, { repair, ...canceled });
    expect((await mailsTo(agent.email))[0]?.text).to.contain('Bought a new one');
    await tell(RepairStatusChanged, { repair: { ...repair, assignedToUserId: technician.id }, ...canceled });
    expect([(await mailsTo(agent.email)).length, (await mailsTo(technician.email)).length]).to.deep.equal([1, 1]);
    expect(await mailsTo(customer.email)).to.have.length(0);
  });

  it('when somebody else than who asked cancels, then the desk is told as well', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const canceled = { from: 'PENDING', to: 'CANCELED', actorUserId: randomUUID(), byCustomer: true } as const;
    await tell(RepairStatusChanged, { repair: (await portal({ status: 'CANCELED' })).repair, ...canceled });
    await tell(RepairStatusChanged, { repair: (await walkIn({ status: 'CANCELED' })).repair, ...canceled });
    expect(await mailsTo(agent.email)).to.have.length(2);
  });

  it('when the person has gone and there is no account holder, then the contact address reads it', async () => {
    const { customer, repair } = await portal({ amountDue: euro(0) });
    await bench.publish(UserUpdated, { user: { ...customer, removed: true } }, { subject: customer.id, version: 2 });
    await tell(RepairReady, { repair });
    expect(await mailsTo(customer.email)).to.have.length(0);
    expect(await mailsTo('studio@example.test')).to.have.length(1);
  });

  it('when the person has switched repairs off, then they get none, and of other things still do', async () => {
    const { customer, repair } = await portal();
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: customer.id, customerId: repair.customerId });
    const off = { email: false, sms: false, inApp: false };
    await bench.api.put('/me/notification-preferences', { categories: { REPAIRS: off }, colleagues: false }, { token });
    await tell(RepairReady, { repair });
    await tell(RepairReplied, { repair, activityId: randomUUID(), body: 'Hello', byCustomer: false });
    expect(await subjectsTo(customer.email)).to.deep.equal(['[REP-2026-000001] New reply: Dell Latitude 7420']);
  });
});
