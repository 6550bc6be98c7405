import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import type { Person } from './person.js';

interface Document {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly status: string;
  readonly total: { readonly amount: number };
}
interface WarrantyItem {
  readonly kind: string;
  readonly until: string;
}
interface ClaimedRepair {
  readonly id: string;
  readonly amountDue: { readonly amount: number };
  readonly workWarranty?: readonly WarrantyItem[];
  readonly warrantyClaimOf?: { readonly repairId: string };
  readonly claimableWarranties?: readonly { readonly repairId: string }[];
}
/** Takes the same device in again. */
export type TakeIn = (more?: object) => Promise<{ readonly id: string }>;

/** Enters what the tax office wants to know of whoever issues documents. */
export const registerCentre = async (desk: Person): Promise<void> => {
  const { updatedAt: _at, version: _version, ...settings } = await desk.get<Record<string, unknown>>('/settings');
  const fiscalIdentity = {
    vatNumber: '00743110157',
    taxRegime: 'RF01',
    street: 'Via Emilia 1',
    postalCode: '41121',
    city: 'Modena',
    province: 'MO',
    country: 'IT',
  };
  await desk.put('/settings', { ...settings, companyName: 'Riparazioni Modena', fiscalIdentity });
};

/** The documents of a repair, once there are as many as expected; the order is that of their numbers. */
export const documentsOf = (desk: Person, repairId: string, count: number): Promise<readonly Document[]> =>
  eventually(async () => {
    const documents = await desk.get<readonly Document[]>(`/invoices?repairId=${repairId}`);
    expect(documents).to.have.length(count);
    return documents.toSorted((one, other) => one.number.localeCompare(other.number));
  });

/** What the documents ask for in all. */
export const charged = (documents: readonly Document[]): number =>
  documents.reduce((sum, { kind, total }) => sum + (kind === 'CREDIT_NOTE' ? -total.amount : total.amount), 0);

export const electronicInvoice = async (desk: Person, { id }: Document): Promise<string> => {
  const { status, text } = await desk.send('GET', `/invoices/${id}/fatturapa.xml`);
  expect(status, text).to.equal(200);
  return text;
};

/** The fault comes back twice: both are claims on the first repair, cost nothing, and do not make its warranty longer. */
export const comesBackTwice = async (desk: Person, bea: Person, first: string, takeIn: TakeIn): Promise<void> => {
  const { workWarranty } = await desk.get<ClaimedRepair>(`/repairs/${first}`);
  expect(workWarranty?.map(({ kind }) => kind)).to.deep.equal(['LABOUR']);

  const finish = async (id: string): Promise<ClaimedRepair> => {
    const done = await bea.post<ClaimedRepair>(`/repairs/${id}/complete`, { description: 'Connector fixed again' });
    expect(done.amountDue.amount).to.equal(0);
    await desk.post(`/repairs/${id}/ready`, {});
    const collected = await desk.post<ClaimedRepair>(`/repairs/${id}/collect`, { collectedBy: 'Carla' });
    expect(collected.workWarranty?.map(({ until }) => until)).to.deep.equal(workWarranty?.map(({ until }) => until));
    return collected;
  };

  const again = await takeIn();
  const { claimableWarranties } = await desk.get<ClaimedRepair>(`/repairs/${again.id}`);
  expect(claimableWarranties?.map(({ repairId }) => repairId)).to.deep.equal([first]);
  await desk.put(`/repairs/${again.id}`, { warrantyClaimOf: first });
  expect((await finish(again.id)).warrantyClaimOf?.repairId).to.equal(first);

  // Who claims on the claim claims on the first repair.
  const third = await takeIn({ warrantyClaimOf: again.id });
  expect((await finish(third.id)).warrantyClaimOf?.repairId).to.equal(first);
  await eventually(async () => {
    const { claimed } = await desk.get<{ claimed: number }>('/reports/repeat-repairs');
    expect(claimed).to.equal(1);
    return true;
  });
};
