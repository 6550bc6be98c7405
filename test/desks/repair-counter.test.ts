import { expect } from 'chai';
import { joinAsEngineer } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person, type Problem } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';
import { eventually } from '@riparo/shared/testing/eventually';

interface Repair {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly statusName: string;
  readonly amountDue: { readonly amount: number };
  readonly [field: string]: unknown;
}
interface Summary {
  readonly completed: number;
  readonly refused: number;
  readonly productionCost: unknown;
  readonly byTechnician: readonly { readonly name: string; readonly processed: number }[];
}

const SHEET = {
  device: {
    category: 'LAPTOP',
    serialNumber: 'PF-3X9K21',
    brand: 'Lenovo',
    model: 'ThinkPad T14',
    purchaseDate: '2023-05-02',
    warrantyEndDate: '2025-05-01',
  },
  problemDescription: 'Does not start; the light blinks three times.',
  notes: 'Came without its charger.',
  devicePassword: 'tulipano-42',
  customer: {
    type: 'BUSINESS',
    name: 'Officina Rocca',
    billingAddress: { line1: 'Via Emilia 12', city: 'Modena', state: 'MO', postalCode: '41121', country: 'IT' },
    contactPhone: '+39 059 123456',
    contactEmail: 'officina@example.com',
    fiscalCode: 'RCCMNL83S18D969H',
    vatNumber: '00743110157',
    sdiCode: '0000000',
    pec: 'officina@pec.example.com',
  },
};

/** What the centre says of customers, repairs, the people of the centre and simple reports, line by line. */
inOneSharedProcess('an assistance centre: acceptance and technicians', (scene) => {
  let desk: Person;
  let technician: Person;
  let repair: Repair;
  let refused: Repair;
  const anybody = (): Person => createPerson(scene().cast.url, 'nobody@example.com');
  const outcomeOf = async (person: Person, id: string): Promise<Repair> => person.get<Repair>(`/repairs/${id}`);

  before(async () => {
    const { admin, url } = scene().cast;
    technician = await joinAsEngineer(scene().cast, 'bench@example.com', 'Bea Bench');
    desk = createPerson(url, 'desk@example.com');
    const registration = { email: desk.email, password: PASSWORD, name: 'Dora Desk', role: 'AGENT' };
    const { user } = await desk.post<{ user: { id: string } }>('/auth/register/staff', registration);
    await admin.post(`/registrations/${user.id}/approve`, {});
    await desk.logIn();
  });

  it('when somebody does not belong to it, then 401', async () => {
    for (const [method, path] of [
      ['GET', '/repairs'],
      ['POST', '/repairs'],
      ['GET', '/reports/repairs/summary'],
    ] as const)
      expect((await anybody().send(method, path, method === 'POST' ? SHEET : undefined)).status, path).to.equal(401);
  });

  describe('acceptance', () => {
    it('when something on the sheet is missing or wrong, then all of it is said at once', async () => {
      const { device, customer } = SHEET;
      const { status, body } = await desk.send<Problem>('POST', '/repairs', {
        device: { ...device, serialNumber: undefined, warrantyEndDate: '2025-02-30' },
        customer: { ...customer, fiscalCode: 'RCCMNL83S18D969X', vatNumber: '00743110158', contactEmail: 'officina' },
      });
      expect(status).to.equal(422);
      expect(body.errors?.map(({ path }) => path)).to.include.members([
        'device.serialNumber',
        'device.warrantyEndDate',
        'problemDescription',
        'customer.fiscalCode',
        'customer.vatNumber',
        'customer.contactEmail',
      ]);
    });

    it('when the desk takes a product in, then the file holds all of it and all of the customer', async () => {
      repair = await desk.post<Repair>('/repairs', SHEET);
      const { devicePassword: _, customer: __, ...shown } = SHEET;
      expect(repair).to.deep.include({ ...shown, status: 'PENDING', underWarranty: false });
      const customer = await desk.get<Record<string, unknown>>(`/customers/${String(repair.customerId)}`);
      expect(customer).to.deep.include(SHEET.customer);
    });

    it('when a product is taken in, then receipt and mail give the customer the number of the file', async () => {
      expect(repair.number).to.match(/^REP-\d{4}-000001$/);
      const { status, headers } = await desk.send('GET', `/repairs/${repair.id}/receipt.pdf`);
      expect([status, headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
      await mailTo(scene().cast.mailbox, SHEET.customer.contactEmail, new RegExp(repair.number));
    });
  });

  describe('processing', () => {
    it('when a technician takes it over, then it is in progress', async () => {
      expect(await technician.post<Repair>(`/repairs/${repair.id}/take`, {})).to.include({ status: 'IN_PROGRESS' });
    });

    it('when the work ends out of warranty, then it needs the amount to be charged', async () => {
      const without = await technician.send<Problem>('POST', `/repairs/${repair.id}/complete`, { description: 'New power supply' });
      expect([without.status, without.body.errors?.[0]?.path]).to.deep.equal([422, 'amount']);
      const report = { description: 'New power supply', amount: 8_900, productionCost: 3_100, labourMinutes: 40 };
      const done = await technician.post<Repair>(`/repairs/${repair.id}/complete`, report);
      expect(done).to.include({ status: 'COMPLETED' });
      expect(done.amountDue.amount).to.equal(8_900);
    });

    it('when it is refused, then it needs a reason, and may have an amount to be charged', async () => {
      const device = { ...SHEET.device, serialNumber: 'PF-OTHER' };
      refused = await desk.post<Repair>('/repairs', { ...SHEET, device });
      await technician.post(`/repairs/${refused.id}/take`, {});
      expect((await technician.send('POST', `/repairs/${refused.id}/refuse`, {})).status).to.equal(422);
      const told = await technician.post<Repair>(`/repairs/${refused.id}/refuse`, { reason: 'Water damage', amount: 2_000 });
      expect([told.status, told.amountDue.amount]).to.deep.equal(['REFUSED', 2_000]);
    });
  });

  describe('handing back', () => {
    it('when the desk says that the product is ready, then the customer is informed', async () => {
      expect(await desk.post<Repair>(`/repairs/${repair.id}/ready`, {})).to.include({ statusName: 'Ready for Pickup' });
      await mailTo(scene().cast.mailbox, SHEET.customer.contactEmail, /ready/i);
    });

    it('when the customer has paid, then the product is collected, and not before', async () => {
      const collect = { collectedBy: 'Manuele Rocca' };
      const unpaid = await desk.send<Problem>('POST', `/repairs/${repair.id}/collect`, collect);
      expect(unpaid.status).to.equal(409);
      await desk.post(`/repairs/${repair.id}/payment`, { method: 'CARD', amount: 8_900, reference: 'slip 17' });
      expect(await desk.post<Repair>(`/repairs/${repair.id}/collect`, collect)).to.include({ status: 'CLOSED', ...collect });
      const gone = await desk.send<Problem>('POST', `/repairs/${repair.id}/device-password/reveal`, { reason: 'Once more' });
      expect(gone.status).to.equal(404);
    });

    it('when the product was collected, then a paid invoice is there, and the repair links to it', async () => {
      const [invoice] = await eventually(async () => {
        const found = await desk.get<readonly { id: string; kind: string; status: string; total: object }[]>(
          `/invoices?repairId=${repair.id}`,
        );
        return found.length > 0 ? found : undefined;
      });
      expect(invoice).to.deep.include({ kind: 'INVOICE', status: 'PAID', total: { amount: 8_900, currency: 'EUR' } });
      const [document] = await eventually(async () => {
        const { documents } = await desk.get<Repair & { documents: readonly { id: string }[] }>(`/repairs/${repair.id}`);
        return documents.length > 0 ? documents : undefined;
      });
      expect(document?.id).to.equal(invoice?.id);
      expect((await desk.send('GET', `/invoices/${invoice?.id}/invoice.pdf`)).status).to.equal(200);
    });
  });

  describe('the page of the website', () => {
    const asked = (serialNumber: string, number: string) =>
      anybody().send<{ data: object }>('GET', `/public/repairs/status?${new URLSearchParams({ serialNumber, number }).toString()}`);

    it('when serial and case number are given, then the status is told, and no more', async () => {
      const { status, body } = await asked(SHEET.device.serialNumber, repair.number);
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ number: repair.number, status: 'CLOSED', device: { brand: 'Lenovo', model: 'ThinkPad T14' } });
      expect(JSON.stringify(body)).not.to.match(/Officina|8900|Emilia|charger|tulipano/);
    });

    it('when only one of the numbers is right, then 404', async () => {
      for (const [serial, number] of [
        ['PF-OTHER', repair.number],
        [SHEET.device.serialNumber, 'REP-2020-000001'],
      ] as const)
        expect((await asked(serial, number)).status).to.equal(404);
    });
  });

  describe('reporting over a period of time', () => {
    const summary = (query = ''): Promise<Summary> =>
      eventually(async () => {
        const found = await desk.get<Summary>(`/reports/repairs/summary${query}`);
        return found.completed + found.refused === 2 && found;
      });

    it('when a period is reported, then completed and refused repairs are counted', async () => {
      expect(await summary()).to.include({ completed: 1, refused: 1 });
      const before = await desk.get<Summary>('/reports/repairs/summary?from=2020-01-01&to=2020-02-01');
      expect(before).to.include({ completed: 0, refused: 0 });
    });

    it('when a period is reported, then the cost of production is told', async () =>
      expect(JSON.stringify((await summary()).productionCost)).to.contain('3100'));

    it('when a period is reported, then each technician has the repairs they processed', async () => {
      const [row] = (await summary()).byTechnician;
      expect(row).to.include({ name: 'Bea Bench', processed: 2 });
    });
  });

  describe('afterwards', () => {
    it('when a refused product is waived, then it is handed back without payment', async () => {
      await desk.post(`/repairs/${refused.id}/ready`, {});
      await desk.post(`/repairs/${refused.id}/waive`, { reason: 'Our own delay' });
      await desk.post(`/repairs/${refused.id}/collect`, { collectedBy: 'Manuele Rocca' });
      expect(await outcomeOf(desk, refused.id)).to.include({ status: 'CLOSED', waived: true });
    });
  });
});
