import { CustomerCreated } from '@riparo/shared/contracts/auth.events';
import { RepairReceived, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { pdfText } from '@riparo/shared/testing/pdf-text';
import { expect } from 'chai';
import { hash, randomUUID } from 'node:crypto';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

const COMPLETE = {
  giveEuropeanForm: true,
  finding: 'The display is cracked.',
  timeNeeded: '5 days',
  timeNeededFrom: 'PARTS_ARRIVED',
  replacementDevice: { offered: true, cost: 1500 },
  handoverPlace: 'Via Emilia 1, Modena',
  partsCondition: 'REFURBISHED',
  note: 'The diagnosis is set against the price.',
  lines: [LABOUR, { kind: 'FEE', description: 'Collection at home', unitPrice: 2000, vatRate: 22, ancillary: true }],
};

describe('the European Repair Information Form', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    rosa = await bench.customer();
    repair = await bench.repair({ customerId: rosa.caller.customerId });
  });
  afterEach(() => bench.stop());

  const fetchForm = async (id: string, { token }: Person) => {
    const response = await fetch(`${bench.url}/api/v1/quotes/${id}/repair-information-form.pdf`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const formByLink = async (quote: QuoteView) => {
    const link = bench.linkTo(quote);
    const response = await fetch(`${bench.url}/api/v1/public/quotes/${link}/repair-information-form.pdf`);
    const page = async () => (await bench.api.get(`/quote/${link}`, { root: true })).text;
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), page };
  };
  const textOf = async (id: string): Promise<string> =>
    pdfText((await fetchForm(id, rosa)).bytes)
      .join('\n')
      .replace(/\s+/g, ' ');
  const next = (id: string, body: object = {}) => bench.api.put<QuoteView>(`/quotes/${id}`, body, { token: agent.token });

  for (const [locale, wanted] of [
    [
      'it',
      [
        'Modulo europeo di informazioni sulla riparazione',
        'Officina Verdi',
        'Via Emilia 1 41121 Modena',
        'Dell Latitude 7420',
        'The display is cracked.',
        'Change the display',
        '85,40 €, IVA inclusa',
        '5 days, dall’arrivo dei ricambi',
        'Sì, 15,00 €',
        'Via Emilia 1, Modena',
        'Collection at home: 24,40 €, IVA inclusa',
        'Fino al 1 apr 2026',
        'The diagnosis is set against the price.',
      ],
    ],
    ['en', ['European Repair Information Form', '€85.40, VAT included', 'Yes, €15.00', 'Until 1 Apr 2026', 'Parts used: refurbished']],
  ] as const)
    it(`when it is given in "${locale}", then it has what Annex I lists`, async () => {
      await bench.settings({ locale });
      const { id } = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE });
      const text = await textOf(id);
      for (const each of wanted) expect(text).to.include(each);
    });

  it('when the price is an estimate, then its method and maximum are told', async () => {
    await bench.settings({ locale: 'en' });
    const estimate = {
      ...COMPLETE,
      lines: [LABOUR],
      maximum: 9000,
      calculationMethod: '50.00 an hour',
      replacementDevice: { offered: false },
    };
    const text = await textOf((await bench.sent(agent.token, { repairId: repair.id, ...estimate })).id);
    expect(text)
      .to.include('50.00 an hour')
      .and.include('Maximum price: €90.00')
      .and.match(/Ancillary services ?None/);
  });

  it('when it was given, then its bytes stay', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE });
    const first = await fetchForm(id, rosa);
    await bench.settings({ companyName: 'Another name' });
    bench.clock.advance(60_000);
    expect(hash('sha256', (await fetchForm(id, agent)).bytes)).to.equal(hash('sha256', first.bytes));
  });

  it('when no form goes with the quote, then there is none', async () => {
    const quote = await bench.sent(agent.token, { repairId: repair.id });
    expect((await fetchForm(quote.id, rosa)).status).to.equal(404);
    const byLink = await formByLink(quote);
    expect([byLink.status, (await byLink.page()).includes('repair-information-form')]).to.deep.equal([404, false]);
  });

  it('when the customer has no login, then the link leads to the form', async () => {
    const quote = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE });
    const byLink = await formByLink(quote);
    expect([byLink.status, hash('sha256', byLink.bytes)]).to.deep.equal([200, quote.formHash]);
    expect(await byLink.page()).to.include('/repair-information-form.pdf');
    const { body } = await bench.api.get<{ readonly hasRepairInformationForm: boolean }>(`/public/quotes/${bench.linkTo(quote)}`);
    expect(body.data.hasRepairInformationForm).to.equal(true);
  });

  it('when the quote is answered, then the answer keeps the hash of the form too', async () => {
    const { id, documentHash, formHash } = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE });
    const { body } = await bench.act(id, 'accept', rosa.token, { version: 1 });
    expect(formHash).to.match(/^[0-9a-f]{64}$/);
    expect(body.data.decision).to.deep.include({ documentHash, formHash });
  });

  it('when something is missing that the form needs, then it is not sent', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id, giveEuropeanForm: true, maximum: 9000 });
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code]).to.deep.equal([409, 'QUOTE_INCOMPLETE']);
    expect(body.missing).to.deep.equal([
      'finding',
      'timeNeeded',
      'timeNeededFrom',
      'replacementDevice',
      'handoverPlace',
      'calculationMethod',
    ]);
  });

  it('when the centre has no name or address, then the form is not sent', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id, ...COMPLETE });
    await bench.settings({ companyName: '', address: ' \n' });
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, body.missing]).to.deep.equal([409, 'QUOTE_INCOMPLETE', ['settings.companyName', 'settings.address']]);
    await next(id, { giveEuropeanForm: false });
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });

  it('when the settings of the centre have not arrived, then the form is not sent', async () => {
    const desk = bench.person('AGENT', { tenantId: 'new' });
    const customer = { id: randomUUID(), type: 'INDIVIDUAL', name: 'Rosa', contactEmail: 'rosa@example.test', status: 'ACTIVE' } as const;
    const work = { ...repair, id: randomUUID(), customerId: customer.id };
    await bench.publish(CustomerCreated, { customer }, { subject: customer.id, tenantId: 'new' });
    await bench.publish(RepairReceived, { repair: work, at: work.createdAt }, { subject: work.id, tenantId: 'new' });
    const { id } = await bench.draft(desk.token, { repairId: work.id, ...COMPLETE });
    const { status, body } = await bench.act(id, 'send', desk.token);
    expect([status, body.code, body.missing]).to.deep.equal([409, 'QUOTE_INCOMPLETE', ['settings.companyName', 'settings.address']]);
  });

  it('when no line is of work or a part, then the form is not sent', async () => {
    const lines = [{ kind: 'FEE', description: 'Diagnosis', unitPrice: 3000, vatRate: 22 }];
    const { id } = await bench.draft(agent.token, { repairId: repair.id, ...COMPLETE, lines });
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, body.missing]).to.deep.equal([409, 'QUOTE_INCOMPLETE', ['lines']]);
  });

  it('when it would be valid for less than 30 days, then it is not sent', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id, ...COMPLETE, validUntil: '2026-03-31' });
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, body.earliest]).to.deep.equal([409, 'QUOTE_ENDS_TOO_SOON', '2026-04-01']);
  });

  it('when the customer is a business, then there is no form', async () => {
    const firm = await bench.customer({ type: 'BUSINESS', name: 'Verdi srl' });
    const work = await bench.repair({ customerId: firm.caller.customerId });
    const { status, body } = await bench.api.post('/quotes', { repairId: work.id, ...COMPLETE }, { token: agent.token });
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'giveEuropeanForm']);
  });

  it('when the customer has become a business since the draft, then the form is not sent', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id, ...COMPLETE });
    const customer = {
      id: repair.customerId,
      type: 'BUSINESS',
      name: 'Verdi srl',
      contactEmail: 'a@example.test',
      status: 'ACTIVE',
    } as const;
    await bench.publish(CustomerCreated, { customer }, { subject: customer.id, version: 2 });
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['giveEuropeanForm']]);
  });

  it('when it binds the centre, then the quote is neither withdrawn nor replaced', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE, validUntil: '2026-05-01' });
    const withdrawn = await bench.act(id, 'withdraw', agent.token, { version: 1 });
    expect([withdrawn.status, withdrawn.body.code, withdrawn.body.boundUntil]).to.deep.equal([
      409,
      'QUOTE_BINDING',
      '2026-05-01T22:00:00.000Z',
    ]);
    await next(id);
    const replaced = await bench.act(id, 'send', agent.token);
    expect([replaced.status, replaced.body.code]).to.deep.equal([409, 'QUOTE_BINDING']);
    bench.clock.set('2026-05-01T21:59:59Z');
    agent = { ...agent, token: bench.tokenFor(agent.caller) };
    expect((await bench.act(id, 'send', agent.token)).body.code).to.equal('QUOTE_BINDING');
    bench.clock.set('2026-05-01T22:00:00Z');
    await next(id);
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });

  it('when the customer declines a binding quote, then the next version can be sent', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id, ...COMPLETE });
    await bench.act(id, 'decline', rosa.token, { version: 1 });
    await next(id, { lines: [LABOUR] });
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });
});
