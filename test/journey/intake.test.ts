import { createRiparo } from '@riparo/client';
import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { eachSharedMode } from '../systems/modes.js';
import * as journey from './journey.js';
import { createPerson, PASSWORD, type Problem } from './person.js';

interface Repair {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly assetId: string;
  readonly status: string;
}

const FORM = {
  device: {
    category: 'LAPTOP',
    brand: 'Lenovo',
    model: 'ThinkPad T14',
    serialNumber: 'PF-3X9K21',
    purchaseDate: '2024-05-01',
    warrantyEndDate: '2099-05-01',
    accessories: ['Charger'],
  },
  problemDescription: 'Does not start',
  devicePassword: 'orchidea-4711',
  customer: {
    name: 'Nicolò',
    surname: 'Però',
    contactEmail: 'nicolo@example.com',
    contactPhone: '+39 011 555 0100',
    fiscalCode: 'RCCMNL83S18D969H',
    billingAddress: { line1: 'Via Roma 1', city: 'Torino', state: 'TO', postalCode: '10121', country: 'IT' },
  },
};

const tokenOf = async (url: string, email: string): Promise<string> =>
  (await createPerson(url, email).post<{ token: string }>('/auth/login', { email, password: PASSWORD })).token;

const OLDER = {
  device: { category: 'PHONE', brand: 'Fairphone', model: '5', serialNumber: 'FP5-1' },
  problemDescription: 'Screen broken',
};

eachSharedMode('a walk-in at the counter', (scene) => {
  it('when a stranger hands a device in, then one form makes everything once', async () => {
    const { url, admin } = scene().cast;
    const repair = await admin.post<Repair>('/repairs', FORM, 'slip-1');
    expect(repair).to.include({ number: `REP-${new Date().getFullYear()}-000001`, status: 'PENDING', underWarranty: true });
    expect((await admin.post<Repair>('/repairs', FORM, 'slip-1')).id).to.equal(repair.id);
    expect(await admin.get<object>(`/customers/${repair.customerId}`)).to.include({ surname: 'Però', fiscalCode: 'RCCMNL83S18D969H' });
    await eventually(async () => (await admin.get<{ status: string }>(`/assets/${repair.assetId}`)).status === 'IN_REPAIR');

    const second = await admin.post<Repair>('/repairs', { ...FORM, problemDescription: 'The hinge is broken' }, 'slip-2');
    expect(second).to.include({ customerId: repair.customerId, assetId: repair.assetId });
    expect(await admin.post(`/repairs/${repair.id}/device-password/reveal`, { reason: 'Test after repair' })).to.deep.equal({
      devicePassword: FORM.devicePassword,
    });

    const receipt = await admin.send<unknown>('GET', `/repairs/${repair.id}`);
    expect(JSON.stringify(receipt.body)).to.not.contain(FORM.devicePassword);
    const somebody = createPerson(url, 'nobody@example.com');
    const pair = new URLSearchParams({ number: repair.number, serialNumber: 'pf3x9k21' }).toString();
    expect(await somebody.get<object>(`/public/repairs/status?${pair}`)).to.have.all.keys('number', 'device', 'status', 'statusName');
    const page = await fetch(`${url}/repair-status?${pair}`);
    expect([page.status, (await page.text()).includes('Però')]).to.deep.equal([200, false]);
    const wrong = await somebody.send<Problem>('GET', `/public/repairs/status?number=${repair.number}&serialNumber=other`);
    expect([wrong.status, wrong.body.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
  });

  it('when a customer uses an app of an earlier system, then its paths serve a whole request', async () => {
    const { url } = scene().cast;
    await journey.moveIn(url, 'carla@example.com');
    const authorization = `Bearer ${await tokenOf(url, 'carla@example.com')}`;
    const asked = await fetch(`${url}/api/service-request`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(OLDER),
    });
    expect(asked.status).to.equal(201);
    const { id, number } = ((await asked.json()) as { data: Repair }).data;
    const state = await fetch(`${url}/api/service-request/${id}/status`, { headers: { authorization } });
    expect(((await state.json()) as { data: Repair }).data).to.include({ number, status: 'PENDING' });
    const receipt = await fetch(`${url}/api/v1/repairs/${id}/receipt.pdf`, { headers: { authorization } });
    expect([receipt.status, receipt.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect(
      Buffer.from(await receipt.arrayBuffer())
        .subarray(-6)
        .toString(),
    ).to.equal('%%EOF\n');
  });

  it('when a program uses the typed client, then it works with tickets and learns of refusals', async () => {
    const { url } = scene().cast;
    await journey.moveIn(url, 'paola@example.com');
    const riparo = createRiparo({ baseUrl: url });
    expect(await riparo.signIn('paola@example.com', PASSWORD)).to.deep.equal({});
    for (const title of ['Slow since the update', 'Fan is loud', 'Keyboard skips']) {
      const { data } = await riparo.POST('/api/v1/tickets', { body: { title, description: 'Since Monday.', category: 'HARDWARE' } });
      const { id = '' } = data?.data ?? {};
      const path = { path: { id } };
      expect((await riparo.POST('/api/v1/tickets/{id}/reply', { params: path, body: { body: 'Any news?' } })).error).to.equal(undefined);
      const read = await riparo.GET('/api/v1/tickets/{id}', { params: path });
      expect([read.data?.data.title, read.data?.data.activities.at(-1)?.body]).to.deep.equal([title, 'Any news?']);
    }
    const titles: string[] = [];
    for await (const ticket of riparo.all('/api/v1/tickets', { query: { pageSize: 2, sort: 'createdAt' } })) titles.push(ticket.title);
    expect(titles).to.deep.equal(['Slow since the update', 'Fan is loud', 'Keyboard skips']);

    const { error } = await riparo.POST('/api/v1/tickets', { body: { title: '', description: '', category: 'HARDWARE' } });
    expect(error?.errors?.map((fault) => fault.path)).to.deep.equal(['title', 'description']);
    await riparo.signOut();
    expect((await riparo.GET('/api/v1/tickets')).error?.code).to.equal('UNAUTHENTICATED');
  });
});
