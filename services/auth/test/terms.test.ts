import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

const PLAIN = {
  companyName: 'Centro Riparazioni',
  timeZone: 'Europe/Rome',
  locale: 'it-IT',
  currency: 'EUR',
  calendar: { weekly: {}, exceptions: [] },
};
const IDENTITY = {
  vatNumber: '00743110157',
  taxRegime: 'RF01',
  street: 'Via Emilia',
  streetNumber: '1',
  postalCode: '41121',
  city: 'Modena',
  province: 'MO',
  country: 'IT',
};
const INVOICES = { vatRate: 22, dueDays: 30, chargesStampDuty: false, series: 'A' };
const PICKUP = { daysToCollect: 30, noticeDays: [7, 30], storageFeePerDay: 100, storageFeeCap: 2_000, daysAfterLastNotice: 30 };
const WARRANTY = { labourMonths: 3, partsMonths: 12 };
const WORK = { labourPerHour: 6_000, labourStepMinutes: 15, travelPerKm: 60, callOutFee: 3_000, approval: 'ONSITE_VISITS' };
const ALL = { fiscalIdentity: IDENTITY, invoiceTerms: INVOICES, workWarranty: WARRANTY, pickupTerms: PICKUP, workTerms: WORK };

describe('settings for documents, warranty, pick-up and work', () => {
  let bench: Bench;
  let admin: string;
  before(async () => {
    bench = await startBench();
    admin = bench.tokenFor({ role: 'ADMIN' });
  });
  after(() => bench.stop());

  const put = (part: object = {}) => bench.api.put('/settings', { ...PLAIN, ...part }, { token: admin });
  const told = async (): Promise<unknown> => {
    await bench.idle();
    const event = bench.published.findLast(({ type }) => type === 'riparo.auth.settings-changed.v1');
    return (event?.data as { settings: unknown }).settings;
  };

  it('when they are put, then they are answered, read and told to the other services', async () => {
    const { status, body, text } = await put(ALL);
    expect(status, text).to.equal(200);
    expect(body.data).to.deep.include(ALL);
    expect((await bench.api.get('/settings', { token: admin })).body.data).to.deep.include(ALL);
    expect(await told()).to.deep.include(ALL);
  });

  it('when a PUT leaves them out, then it is taken as before and they are gone', async () => {
    await put(ALL);
    const { status, body } = await put();
    expect(status).to.equal(200);
    expect(body.data).to.not.have.any.keys(...Object.keys(ALL));
    expect(await told()).to.not.have.any.keys(...Object.keys(ALL));
  });

  it('when numbers are written as people write them, then they are kept in one form', async () => {
    const { body } = await put({
      fiscalIdentity: {
        ...IDENTITY,
        vatNumber: 'it 00743110157',
        fiscalCode: 'rccmnl83s18d969h',
        iban: 'it60 x054 2811 1010 0000 0123 456',
      },
      pickupTerms: { ...PICKUP, noticeDays: [30, 7] },
    });
    expect(body.data.fiscalIdentity).to.include({
      vatNumber: '00743110157',
      fiscalCode: 'RCCMNL83S18D969H',
      iban: 'IT60X0542811101000000123456',
    });
    expect(body.data.pickupTerms).to.have.deep.property('noticeDays', [7, 30]);
  });

  it('when the centre is outside Italy, then its numbers are taken as they are', async () => {
    const abroad = { vatNumber: 'ATU12345678', taxRegime: 'RF01', street: 'Ring 1', postalCode: 'A-1010', city: 'Wien', country: 'AT' };
    expect((await put({ fiscalIdentity: abroad })).status).to.equal(200);
  });

  for (const [what, part, path] of [
    ['a VAT number with a wrong digit', { fiscalIdentity: { ...IDENTITY, vatNumber: '00743110158' } }, 'fiscalIdentity.vatNumber'],
    ['a fiscal code that is none', { fiscalIdentity: { ...IDENTITY, fiscalCode: 'ABC' } }, 'fiscalIdentity.fiscalCode'],
    ['an Italian postal code of four digits', { fiscalIdentity: { ...IDENTITY, postalCode: '4112' } }, 'fiscalIdentity.postalCode'],
    ['no province in Italy', { fiscalIdentity: { ...IDENTITY, province: undefined } }, 'fiscalIdentity.province'],
    ['a regime that is none', { fiscalIdentity: { ...IDENTITY, taxRegime: 'RF03' } }, 'fiscalIdentity.taxRegime'],
    ['an IBAN with a wrong digit', { fiscalIdentity: { ...IDENTITY, iban: 'IT60X0542811101000000123457' } }, 'fiscalIdentity.iban'],
    ['a register without its number', { fiscalIdentity: { ...IDENTITY, registerOffice: 'MO' } }, 'fiscalIdentity'],
    ['0 % without a reason', { invoiceTerms: { ...INVOICES, vatRate: 0 } }, 'invoiceTerms.vatExemption'],
    ['a series that is numbered like the receipts of another', { invoiceTerms: { ...INVOICES, series: 'AR' } }, 'invoiceTerms.series'],
    ['the series R, which is that of receipts without a letter', { invoiceTerms: { ...INVOICES, series: 'R' } }, 'invoiceTerms.series'],
    ['a series of small letters', { invoiceTerms: { ...INVOICES, series: 'a' } }, 'invoiceTerms.series'],
    ['a rate above 100', { invoiceTerms: { ...INVOICES, vatRate: 101 } }, 'invoiceTerms.vatRate'],
    ['a cap below one day', { pickupTerms: { ...PICKUP, storageFeeCap: 50 } }, 'pickupTerms.storageFeeCap'],
    ['the same notice twice', { pickupTerms: { ...PICKUP, noticeDays: [7, 7] } }, 'pickupTerms.noticeDays.1'],
    ['no notice', { pickupTerms: { ...PICKUP, noticeDays: [] } }, 'pickupTerms.noticeDays'],
    ['a price below zero', { workTerms: { ...WORK, travelPerKm: -1 } }, 'workTerms.travelPerKm'],
    ['a step of no time', { workTerms: { ...WORK, labourStepMinutes: 0 } }, 'workTerms.labourStepMinutes'],
    ['a step longer than a day', { workTerms: { ...WORK, labourStepMinutes: 1_441 } }, 'workTerms.labourStepMinutes'],
    ['an approval that is none', { workTerms: { ...WORK, approval: 'SOMETIMES' } }, 'workTerms.approval'],
    ['no price for labour', { workTerms: { ...WORK, labourPerHour: undefined } }, 'workTerms.labourPerHour'],
    ['a warranty below zero', { workWarranty: { ...WARRANTY, labourMonths: -1 } }, 'workWarranty.labourMonths'],
  ] as const)
    it(`when there is ${what}, then 422 for ${path}`, async () => {
      const { status, body } = await put(part);
      expect(status).to.equal(422);
      expect(body.errors.map((fault) => fault.path)).to.include(path);
    });

  it('when a person wants invoices, then the profile keeps it', async () => {
    const person = {
      type: 'INDIVIDUAL',
      name: 'Rosa',
      surname: 'Bianchi',
      contactEmail: 'rosa@example.test',
      contactPhone: '+39 059 123456',
    };
    const made = await bench.api.post<{ id: string; wantsInvoice?: boolean }>(
      '/customers',
      { ...person, wantsInvoice: true },
      { token: admin },
    );
    expect([made.status, made.body.data.wantsInvoice]).to.deep.equal([201, true]);
    const { body } = await bench.api.put(
      `/customers/${made.body.data.id}/profile`,
      { contactEmail: 'rosa@example.test' },
      { token: admin },
    );
    expect(body.data).to.not.have.property('wantsInvoice');
    const wrong = await bench.api.post('/customers', { ...person, wantsInvoice: 'yes' }, { token: admin });
    expect(wrong.body.errors.map(({ path }) => path)).to.deep.equal(['wantsInvoice']);
  });
});
