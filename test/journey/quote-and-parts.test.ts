import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { eachSharedMode, type Scene } from '../systems/modes.js';
import { joinAsEngineer } from './journey.js';
import { mailTo } from './mailbox.js';
import { createPerson, type Person, type Problem } from './person.js';

interface Money {
  readonly amount: number;
}
interface Repair {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly amountDue: Money;
  readonly amountLeft: Money;
  readonly outcome?: { readonly lines?: readonly { readonly description: string; readonly quantity: number }[] };
  readonly awaitedParts: readonly { readonly name: string; readonly expectedOn?: string }[];
}
interface Part {
  readonly id: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}
interface Quote {
  readonly id: string;
  readonly number: string;
  readonly quoteVersion: number;
  readonly status: string;
  readonly total: Money;
}
interface Import {
  readonly created: number;
  readonly rows: readonly { readonly partId?: string }[];
}
interface Reservation {
  readonly id: string;
  readonly partId: string;
  readonly state: string;
}

/** Two of every service; in one process these say nothing. */
const TWO_OF_EACH = Object.fromEntries(
  ['AUTH', 'TICKETS', 'ASSETS', 'NOTIFICATIONS', 'REPORTS', 'BILLING'].map((name) => [`${name}_INSTANCES`, '2']),
);

const customer = (name: string) => ({
  type: 'INDIVIDUAL',
  name,
  surname: 'Bianchi',
  contactPhone: '+39 059 123456',
  contactEmail: `${name.toLowerCase()}@example.com`,
  billingAddress: { line1: 'Via Emilia 12', city: 'Modena', state: 'MO', postalCode: '41121', country: 'IT' },
});

eachSharedMode(
  'the counter: quotes, parts and what becomes of them',
  (scene) => {
    let desk: Person;
    let bea: Person;
    let ben: Person;
    let serials = 0;

    before(async () => {
      desk = scene().cast.admin;
      bea = await joinAsEngineer(scene().cast, 'bea@example.com', 'Bea Bench');
      ben = await joinAsEngineer(scene().cast, 'ben@example.com', 'Ben Bench');
    });

    const restart = async ({ system }: Scene): Promise<void> => {
      await system.kill();
      await system.start();
    };

    const takeIn = async (name: string, technician: Person, more: object = {}): Promise<Repair> => {
      const device = { category: 'PHONE', brand: 'Fairphone', model: '5', serialNumber: `FP5-${++serials}` };
      const repair = await desk.post<Repair>('/repairs', {
        device,
        problemDescription: 'Broken display',
        customer: customer(name),
        ...more,
      });
      await eventually(() => technician.post(`/repairs/${repair.id}/take`, {}).then(() => true));
      return repair;
    };

    const addPart = (sku: string, name: string) =>
      desk.post<Part>('/parts', {
        sku,
        name,
        salePrice: 8_000,
        cost: 3_000,
        vatRate: 22,
        compatibleWith: [{ brand: 'Fairphone', model: '5' }],
      });
    /** The list of a supplier: looked at first, then taken. */
    const importParts = async (rows: readonly string[]): Promise<readonly Part[]> => {
      const csv = ['sku;name;compatibleWith;salePrice;cost;vatRate;supplier', ...rows].join('\n');
      const forecast = await desk.post<Import>('/parts/import?dryRun=true', { csv });
      expect([forecast.created, await desk.get('/parts?search=list-fp5')]).to.deep.equal([rows.length, []]);
      const done = await desk.post<Import>('/parts/import?dryRun=false', { csv });
      expect(done.created).to.equal(rows.length);
      return Promise.all(done.rows.map(({ partId = '' }) => desk.get<Part>(`/parts/${partId}`)));
    };
    const receive = (part: Part, quantity: number) => desk.post<Part>(`/parts/${part.id}/movements`, { kind: 'RECEIPT', quantity });
    const partLine = (part: Part, description: string) => ({ kind: 'PART', description, unitPrice: 8_000, vatRate: 22, partId: part.id });
    const LABOUR = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22, minutes: 60 };

    const hasStatus = (id: string, status: string): Promise<Repair> =>
      eventually(async () => {
        const repair = await desk.get<Repair>(`/repairs/${id}`);
        expect(repair.status).to.equal(status);
        return repair;
      });
    const stockOf = async (part: Part) => {
      const { onHand, reserved, available } = await desk.get<Part>(`/parts/${part.id}`);
      return { onHand, reserved, available };
    };
    /** Of the ledger, the newest first. */
    const kindsOf = async (part: Part) =>
      (await desk.get<readonly { readonly kind: string }[]>(`/parts/${part.id}/movements`)).map(({ kind }) => kind);
    const statesOf = async (repair: Repair): Promise<readonly string[]> =>
      (await desk.get<readonly Reservation[]>(`/parts/reservations?repairId=${repair.id}`)).map(({ state }) => state);

    /** Made by the technician and sent; parts of a moment ago may still be on their way to billing. */
    const quoteFor = async (technician: Person, repair: Repair, content: object): Promise<Quote> => {
      const { id } = await eventually(() => technician.post<Quote>('/quotes', { repairId: repair.id, ...content }));
      return technician.post<Quote>(`/quotes/${id}/send`, {});
    };
    const tokenOf = async (name: string, subject: RegExp): Promise<string> => {
      const { text } = await mailTo(scene().cast.mailbox, customer(name).contactEmail, subject);
      return /\/quote\/([\w.-]+)/.exec(text)?.[1] ?? '';
    };
    const anybody = (): Person => createPerson(scene().cast.url, 'nobody@example.com');

    it('when a quote is accepted by link and a part is missing, then the repair waits for it and is done', async () => {
      const [display, battery] = (await importParts([
        'LIST-FP5-LCD;Display;Fairphone|5;80,00;30,00;22;Ricambi Emilia',
        'LIST-FP5-BAT;Battery;Fairphone|5;80,00;30,00;22;Ricambi Emilia',
      ])) as [Part, Part];
      await receive(battery, 2);
      const repair = await takeIn('Carla', bea);
      const quote = await quoteFor(bea, repair, { lines: [LABOUR, partLine(display, 'Display'), partLine(battery, 'Battery')] });
      expect(quote.total.amount).to.equal(26_840);
      await hasStatus(repair.id, 'ON_HOLD');
      const token = await tokenOf('Carla', /Your quote/);
      expect(await anybody().get(`/public/quotes/${token}`)).to.include({ number: quote.number });
      await anybody().post(`/public/quotes/${token}/accept`, { version: 1, name: 'Carla Bianchi' });
      await restart(scene());
      const waiting = await hasStatus(repair.id, 'AWAITING_PARTS');
      expect(waiting.awaitedParts).to.deep.equal([{ name: 'Display', quantity: 1 }]);
      // The parts of a quote are reserved one after the other.
      await eventually(async () => {
        expect((await statesOf(repair)).toSorted()).to.deep.equal(['BACKORDERED', 'RESERVED']);
        return true;
      });

      const order = await desk.post<{ id: string; lines: readonly { id: string }[] }>('/purchase-orders', {
        supplier: 'Ricambi Emilia',
        lines: [{ partId: display.id, quantity: 3, cost: 2_900, expectedOn: '2031-05-05' }],
      });
      await desk.post(`/purchase-orders/${order.id}/order`, {});
      await eventually(async () => {
        expect((await desk.get<Repair>(`/repairs/${repair.id}`)).awaitedParts[0]?.expectedOn).to.equal('2031-05-05');
        return true;
      });
      await desk.post(`/purchase-orders/${order.id}/receive`, { lines: [{ lineId: order.lines[0]?.id, quantity: 3 }] });
      await restart(scene());
      await hasStatus(repair.id, 'IN_PROGRESS');
      await mailTo(scene().cast.mailbox, 'bea@example.com', /Parts have arrived/);
      await mailTo(scene().cast.mailbox, customer('Carla').contactEmail, /We go on with/);

      const tooMuch = await bea.send<Problem>('POST', `/repairs/${repair.id}/complete`, {
        description: 'New display',
        lines: [{ ...LABOUR, unitPrice: 6_001 }],
      });
      expect([tooMuch.status, tooMuch.body.code]).to.deep.equal([409, 'QUOTE_EXCEEDED']);
      // Somebody saw three and found a fourth in the drawer, while the technician builds one in: both are booked.
      const { onHand: seenOnHand } = await stockOf(display);
      const [done] = await Promise.all([
        bea.post<Repair>(`/repairs/${repair.id}/complete`, { description: 'New display', lines: [LABOUR] }),
        desk.post('/parts/counts', { lines: [{ partId: display.id, counted: seenOnHand + 1, seenOnHand }] }),
      ]);
      expect(done.amountDue.amount).to.equal(26_840);
      expect(done.outcome?.lines?.map(({ description }) => description)).to.have.members(['Work', 'Display', 'Battery']);
      await restart(scene());
      await eventually(async () => {
        expect(await statesOf(repair)).to.deep.equal(['CONSUMED', 'CONSUMED']);
        return true;
      });
      expect(await stockOf(display)).to.deep.equal({ onHand: 3, reserved: 0, available: 3 });
      expect(await stockOf(battery)).to.deep.equal({ onHand: 1, reserved: 0, available: 1 });
      await desk.post(`/repairs/${repair.id}/ready`, {});
      await desk.post(`/repairs/${repair.id}/payment`, { method: 'CARD', amount: 26_840 });
      expect((await desk.post<Repair>(`/repairs/${repair.id}/collect`, { collectedBy: 'Carla' })).status).to.equal('CLOSED');
      await eventually(async () => {
        const { pieces, margin } = await desk.get<{ pieces: number; margin: readonly Money[] }>('/reports/parts');
        expect([pieces, margin[0]?.amount]).to.deep.equal([2, 10_100]);
        const { accepted, acceptanceRate } = await desk.get<{ accepted: number; acceptanceRate: number }>('/reports/quotes');
        expect([accepted, acceptanceRate]).to.deep.equal([1, 1]);
        return true;
      });
      await desk.post(`/parts/${battery.id}/movements`, { kind: 'RETURN', quantity: 1, repairId: repair.id, reason: 'Not the fault' });
      expect(await kindsOf(battery)).to.deep.equal(['RETURN', 'CONSUMPTION', 'RECEIPT']);
      expect((await kindsOf(display)).toSorted()).to.deep.equal(['ADJUSTMENT', 'CONSUMPTION', 'RECEIPT']);
      expect((await stockOf(battery)).onHand).to.equal(2);
    });

    it('when a quote is declined, then the fee that was agreed is paid and the device collected', async () => {
      const repair = await takeIn('Dario', bea, { refusalFee: 2_500 });
      const quote = await quoteFor(bea, repair, { lines: [LABOUR] });
      await hasStatus(repair.id, 'ON_HOLD');
      const token = await tokenOf('Dario', /Your quote/);
      await anybody().post(`/public/quotes/${token}/decline`, { version: 1, name: 'Dario Bianchi', comment: 'Too dear' });
      const again = await anybody().send<Problem>('POST', `/public/quotes/${token}/accept`, { version: 1, name: 'Dario Bianchi' });
      expect(again.status).to.equal(409);
      const refused = await hasStatus(repair.id, 'REFUSED');
      expect(refused.amountDue.amount).to.equal(2_500);
      await mailTo(scene().cast.mailbox, 'bea@example.com', new RegExp(`${quote.number}\\] Declined`));
      await desk.post(`/repairs/${repair.id}/ready`, {});
      await desk.post(`/repairs/${repair.id}/payment`, { method: 'CASH', amount: 2_500 });
      expect((await desk.post<Repair>(`/repairs/${repair.id}/collect`, { collectedBy: 'Dario' })).status).to.equal('CLOSED');
    });

    it('when a second version goes out while the first is being accepted, then one of the two holds', async () => {
      const repair = await takeIn('Elio', bea);
      const first = await quoteFor(bea, repair, { lines: [LABOUR] });
      await bea.put(`/quotes/${first.id}`, { lines: [{ ...LABOUR, unitPrice: 9_000 }] });
      const [accepted, sent] = await Promise.all([
        desk.send<{ data: Quote }>('POST', `/quotes/${first.id}/accept`, { version: 1, name: 'Elio Bianchi' }),
        bea.send<{ data: Quote }>('POST', `/quotes/${first.id}/send`, {}),
      ]);
      expect([accepted.status, sent.status].toSorted()).to.deep.equal([200, 409]);
      const { status, quoteVersion } = await desk.get<Quote>(`/quotes/${first.id}`);
      if (sent.status === 200) {
        expect([status, quoteVersion]).to.deep.equal(['SENT', 2]);
        await desk.post(`/quotes/${first.id}/accept`, { version: 2, name: 'Elio Bianchi' });
      }
      await hasStatus(repair.id, 'IN_PROGRESS');
      const limit = sent.status === 200 ? 9_000 : 6_000;
      const tooMuch = { description: 'Done', lines: [{ ...LABOUR, unitPrice: limit + 1 }] };
      expect((await bea.send<Problem>('POST', `/repairs/${repair.id}/complete`, tooMuch)).body.code).to.equal('QUOTE_EXCEEDED');
      await bea.post(`/repairs/${repair.id}/complete`, { description: 'Done', lines: [{ ...LABOUR, unitPrice: limit }] });
    });

    it('when two technicians want the last piece, then one has it, and a cancellation passes it on', async () => {
      const camera = await addPart('FP5-CAM', 'Camera');
      await receive(camera, 1);
      const [one, other] = [await takeIn('Fabio', bea), await takeIn('Gina', ben)];
      const reserve = (technician: Person, repair: Repair) =>
        eventually(() => technician.post<Reservation>('/parts/reservations', { partId: camera.id, repairId: repair.id }));
      const reserved = await Promise.all([reserve(bea, one), reserve(ben, other)]);
      const states = reserved.map(({ state }) => state);
      expect(states.toSorted()).to.deep.equal(['BACKORDERED', 'RESERVED']);
      const [winner, loser] = states[0] === 'RESERVED' ? [one, other] : [other, one];
      await hasStatus(loser.id, 'AWAITING_PARTS');
      await desk.post(`/repairs/${winner.id}/cancel`, {});
      await restart(scene());
      await hasStatus(loser.id, 'IN_PROGRESS');
      expect(await statesOf(winner)).to.deep.equal(['RELEASED']);
      expect(await stockOf(camera)).to.deep.equal({ onHand: 1, reserved: 1, available: 0 });
      const unused = { reservationId: reserved[loser === one ? 0 : 1].id, used: 0, unused: 'RETURN' };
      const report = { description: 'The old one was loose', lines: [LABOUR], parts: [unused] };
      await (loser === one ? bea : ben).post(`/repairs/${loser.id}/complete`, report);
      await eventually(async () => {
        expect(await stockOf(camera)).to.deep.equal({ onHand: 1, reserved: 0, available: 1 });
        // Reservations and ledger are filed right after the stock.
        expect([await statesOf(loser), await kindsOf(camera)]).to.deep.equal([['RELEASED'], ['RECEIPT']]);
        return true;
      });
    });
  },
  TWO_OF_EACH,
);
