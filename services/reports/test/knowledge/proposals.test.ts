import { randomUUID } from 'node:crypto';
import { StockMoved } from '@riparo/shared/contracts/parts.events';
import { TicketResolved } from '@riparo/shared/contracts/tickets.events';
import { buildPart } from '@riparo/shared/testing/published-money';
import { expect } from 'chai';
import { buildTicket } from '../bench.js';
import { repairIn } from '../workshop.js';
import { buildAsset, buildWorkReport, CUSTOMER_ID, LAPTOP, startKnowledgeBench, type KnowledgeBench } from './knowledge-bench.js';
import { AssetRegistered } from '@riparo/shared/contracts/assets.events';
import { HARMLESS_SENTENCES, KNOWN_NAMES, PERSONAL_SENTENCES } from './personal-sentences.js';

const RESOLVED_AT = '2026-03-03T09:00:00.000Z';

describe('knowledge: drafts from finished work', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());

  const resolve = (part = {}, version = 2, resolution = 'Replaced the display cable, tested for an hour.') => {
    const ticket = buildTicket({
      customerId: CUSTOMER_ID,
      status: 'RESOLVED',
      stage: 'RESOLVED',
      resolution,
      resolvedAt: RESOLVED_AT,
      ...part,
    });
    const tell = (its = version, more = {}) =>
      bench.world.publish(
        TicketResolved,
        { ticket: { ...ticket, ...more }, from: 'IN_PROGRESS', to: 'RESOLVED' },
        { subject: ticket.id, version: its },
      );
    return { ticket, tell };
  };

  it('when a ticket is resolved, then a draft has its device, title, resolution and source', async () => {
    const asset = await bench.asset();
    const { ticket, tell } = resolve({ assetId: asset.id, title: 'Screen flickers' });
    await tell();
    const [draft, ...more] = await bench.list();
    expect(more).to.deep.equal([]);
    expect(draft).to.deep.include({
      device: LAPTOP,
      symptom: 'Screen flickers',
      solution: 'Replaced the display cable, tested for an hour.',
      tags: ['hardware'],
      status: 'DRAFT',
      public: false,
      sources: [{ kind: 'TICKET', id: ticket.id, number: ticket.ticketNumber }],
    });
  });

  it('when a repair is completed, then a draft has the problem, the work, the minutes and the parts', async () => {
    const life = repairIn(bench, {
      customerId: CUSTOMER_ID,
      device: { ...LAPTOP, serialNumber: 'S1' },
      problemDescription: 'Does not charge',
    });
    const part = { reservationId: life.id, partId: life.id, name: 'DC jack', used: 1 };
    await life.completed(RESOLVED_AT, bench.userIdOf('TECH'), {
      description: 'Replaced the DC jack.',
      labourMinutes: 90,
      parts: [part, { ...part, name: 'Unused cable', used: 0 }],
    });
    const [draft] = await bench.list();
    expect(draft).to.deep.include({
      symptom: 'Does not charge',
      solution: 'Replaced the DC jack.',
      minutes: 90,
      parts: [{ name: 'DC jack' }],
      device: LAPTOP,
    });
  });

  it('when a work report is approved, then a draft has its malfunctions with their causes', async () => {
    const asset = await bench.asset();
    await bench.approved(buildWorkReport({ assetId: asset.id }));
    const [draft] = await bench.list();
    expect(draft).to.deep.include({
      symptom: 'The fan is loud',
      cause: 'Dust in the heat sink',
      tags: ['fan'],
      minutes: 45,
      device: LAPTOP,
    });
  });

  it('when a part is known to the catalogue, then the draft has what it is called there', async () => {
    const part = buildPart({ sku: 'JACK-45', name: 'DC jack' });
    const movement = { id: randomUUID(), kind: 'RECEIPT' as const, quantity: 1, unitCost: { amount: 900, currency: 'EUR' } };
    await bench.world.publish(StockMoved, { part, at: RESOLVED_AT, movement }, { subject: part.id });
    const used = { reservationId: randomUUID(), partId: part.id, name: 'DC jack', used: 1 };
    const parts = [used, { ...used, partId: randomUUID(), name: 'Screw' }];
    await repairIn(bench).completed(RESOLVED_AT, bench.userIdOf('TECH'), { description: 'Replaced the DC jack.', parts });
    const [draft] = await bench.list();
    expect(draft?.parts).to.deep.equal([{ sku: 'JACK-45', name: 'DC jack' }, { name: 'Screw' }]);
  });

  for (const isReportFirst of [true, false])
    it(`when the ${isReportFirst ? 'report comes before the ticket' : 'ticket comes before its report'}, then both have one draft`, async () => {
      const { ticket, tell } = resolve({ title: 'Noise' }, 2, 'Cleaned it thoroughly.');
      const report = buildWorkReport({ ticketId: ticket.id });
      const steps = [() => tell(), () => bench.approved(report)];
      for (const step of isReportFirst ? steps.toReversed() : steps) {
        await step();
        await step();
      }
      const [draft, ...more] = await bench.list();
      expect(more).to.deep.equal([]);
      const said = { symptom: 'The fan is loud', cause: 'Dust in the heat sink', solution: 'Cleaned the heat sink and renewed the paste.' };
      expect(draft).to.deep.include({ ...said, tags: ['fan', 'hardware'], minutes: 45 });
      expect(draft?.sources?.map(({ kind, id }) => [kind, id])).to.deep.equal([
        ['WORK_REPORT', report.id],
        ['TICKET', ticket.id],
      ]);
    });

  it('when work says nothing of what helped, then it proposes nothing', async () => {
    for (const solution of ['Done', 'Risolto.', 'ok ok', 'Fatto da Mario Rossi']) await resolve({}, 2, solution).tell();
    await repairIn(bench).refused(RESOLVED_AT, bench.userIdOf('TECH'), { description: 'Board is burnt beyond repair' });
    await resolve({ mergedIntoId: buildTicket().id }).tell();
    expect(await bench.list()).to.deep.equal([]);
  });

  it('when events come twice and in the wrong order, then there is one draft of the newest', async () => {
    const { tell } = resolve();
    await tell(5, { resolution: 'Replaced the whole display assembly.' });
    await tell(5, { resolution: 'Replaced the whole display assembly.' });
    await tell(2);
    const drafts = await bench.list();
    expect(drafts.map(({ solution }) => solution)).to.deep.equal(['Replaced the whole display assembly.']);
    await tell(7, { resolution: 'Replaced the display assembly and the hinge.' });
    expect((await bench.list())[0]?.solution).to.equal('Replaced the display assembly and the hinge.');
  });

  it('when the same event is handled several times at once, then there is one draft', async () => {
    const { tell } = resolve();
    await Promise.all([tell(2), tell(2), tell(3, { title: 'Newer' }), tell(2)]);
    expect((await bench.list()).map(({ symptom }) => symptom)).to.deep.equal(['Newer']);
  });

  it('when an editor has touched a draft, then corrected work leaves it alone', async () => {
    const { tell } = resolve();
    await tell();
    const [draft] = await bench.list();
    await bench.done('PATCH', `/knowledge/${draft?.id}`, 'ENGINEER', { symptom: 'Screen goes dark' });
    await tell(9, { resolution: 'Something else was done here.' });
    const [after] = await bench.list();
    expect(after).to.deep.include({ symptom: 'Screen goes dark', solution: 'Replaced the display cable, tested for an hour.' });
  });

  it('when the device becomes known after the work, then the draft has it', async () => {
    const asset = buildAsset();
    await resolve({ assetId: asset.id }).tell();
    expect((await bench.list())[0]?.device).to.equal(undefined);
    await bench.world.publish(AssetRegistered, { asset }, { subject: asset.id });
    expect((await bench.list())[0]?.device).to.deep.equal(LAPTOP);
    expect((await bench.list('?brand=LENOVO&model=thinkpad%20t14%20gen%203')).length).to.equal(1);
  });

  it('when people become known after the work, then their names leave the draft', async () => {
    await resolve({ title: 'Brambati cannot print, asks Salviati' }, 2, 'Reinstalled the driver for brambati.').tell();
    await bench.customer();
    await bench.person({ customerId: CUSTOMER_ID });
    const [draft] = await bench.list();
    expect([draft?.symptom, draft?.solution]).to.deep.equal(['[name] cannot print, asks [name]', 'Reinstalled the driver for [name].']);
    expect(draft?.removed?.map(({ field, text }) => `${field} ${text}`)).to.have.members([
      'symptom Brambati',
      'symptom Salviati',
      'solution brambati',
    ]);
  });

  it('when texts are full of people, then drafts, suggestions and lists hold none of it', async () => {
    for (const [index, name] of KNOWN_NAMES.entries()) {
      const [first = '', ...rest] = name.split(' ');
      if (index === 0) await bench.customer({ name: first, surname: rest.join(' ') });
      else await bench.person({ name, ...(index % 2 === 0 ? { role: 'TECH' as const } : { customerId: CUSTOMER_ID }) });
    }
    const asset = await bench.asset();
    const sentences = PERSONAL_SENTENCES.map(([sentence, secrets], index) => ({
      sentence,
      secrets: secrets.split('|'),
      harmless: HARMLESS_SENTENCES[index % HARMLESS_SENTENCES.length] ?? '',
    }));
    await Promise.all(
      sentences.map(({ sentence, harmless }) =>
        resolve({ assetId: asset.id, title: sentence.slice(0, 200) }, 2, `${harmless}\n${sentence}\n${harmless}`).tell(),
      ),
    );
    const texts: string[] = [];
    for (let page = 1; page <= 2; page++)
      for (const { removed, ...draft } of await bench.list(`?pageSize=100&page=${page}`)) {
        expect(removed).to.not.equal(undefined);
        texts.push(JSON.stringify(draft).replaceAll('\\n', ' ').toLowerCase());
      }
    expect(texts.length).to.equal(PERSONAL_SENTENCES.length);
    const left = sentences
      .flatMap(({ secrets }) => secrets)
      .filter((secret) => /\W|\d/.test(secret) && secret.length > 5 && !HARMLESS_SENTENCES.some((harmless) => harmless.includes(secret)))
      .filter((secret) => texts.some((text) => text.includes(secret.toLowerCase())));
    expect(left).to.deep.equal([]);
  });
});
