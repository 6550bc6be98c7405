import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { openTicket } from './journey.js';
import type { Person } from './person.js';

interface Named {
  readonly id: string;
}
interface Repair extends Named {
  readonly status: string;
}

interface Crew {
  readonly admin: Person;
  readonly engineer: Person;
  readonly customer: Person;
}

const LABOUR = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22, minutes: 60 };

/** A repair with an accepted quote, a part that is built in, a receipt and a payment. */
const sellRepair = async ({ admin, engineer, customer }: Crew, laptopId: string): Promise<void> => {
  const repair = await customer.post<Repair>('/repairs', { assetId: laptopId, problemDescription: 'The fan is loud' });
  await engineer.post(`/repairs/${repair.id}/take`, {});
  const part = await admin.post<Named>('/parts', { sku: 'FAN-7420', name: 'Fan', salePrice: 8_000, cost: 3_000, vatRate: 22 });
  await admin.post(`/parts/${part.id}/movements`, { kind: 'RECEIPT', quantity: 2 });
  const lines = [LABOUR, { kind: 'PART', description: 'Fan', unitPrice: 8_000, vatRate: 22, partId: part.id }];
  // Parts of a moment ago may still be on their way to billing.
  const quote = await eventually(() => engineer.post<Named>('/quotes', { repairId: repair.id, lines }));
  await engineer.post(`/quotes/${quote.id}/send`, {});
  await admin.post(`/quotes/${quote.id}/accept`, { version: 1, name: 'Carla Bruni' });
  await eventually(async () => {
    expect((await admin.get<Repair>(`/repairs/${repair.id}`)).status).to.equal('IN_PROGRESS');
    const [reserved] = await admin.get<readonly { readonly state: string }[]>(`/parts/reservations?repairId=${repair.id}`);
    expect(reserved?.state).to.equal('RESERVED');
    return true;
  });
  await engineer.post(`/repairs/${repair.id}/complete`, { description: 'New fan', lines: [LABOUR] });
  await eventually(() => admin.post('/invoices', { repairId: repair.id, kind: 'RECEIPT' }).then(() => true));
  await admin.post(`/repairs/${repair.id}/payment`, { method: 'CARD', amount: 10_000 });
};

/** A ticket that is closed and rated. */
const rate = async ({ admin, engineer, customer }: Crew): Promise<void> => {
  const ticket = await openTicket(customer, 'Cannot print');
  await eventually(() => engineer.post(`/tickets/${ticket.id}/accept`, {}).then(() => true));
  await engineer.patch(`/tickets/${ticket.id}/status`, { status: 'RESOLVED', resolution: 'Installed the driver.' });
  await admin.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' });
  await customer.post(`/tickets/${ticket.id}/rating`, { score: 4 });
};

/** What every report tells of something: it ends once all of it is told. */
export const liveShopDay = async (crew: Crew, laptopId: string): Promise<void> => {
  await rate(crew);
  await sellRepair(crew, laptopId);
  await eventually(async () => {
    const read = <T>(report: string): Promise<T> => crew.admin.get<T>(`/reports/${report}`);
    expect((await read<{ pieces: number }>('parts')).pieces).to.equal(1);
    expect((await read<{ accepted: number }>('quotes')).accepted).to.equal(1);
    expect((await read<{ count: number }>('revenue')).count).to.equal(1);
    expect((await read<{ totals: readonly { payments: number }[] }>('payments')).totals[0]?.payments).to.equal(1);
    expect((await read<{ totals: readonly unknown[] }>('open-amounts')).totals).to.have.length(1);
    expect((await read<{ satisfaction: { count: number } }>('tickets')).satisfaction.count).to.equal(1);
    return true;
  });
};
