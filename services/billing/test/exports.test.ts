import type { ExportedInvoice, ExportedQuote } from '@riparo/shared/contracts/exported-billing';
import { expect } from 'chai';
import { buildDone, startTill, type Till } from './invoice/till.js';

describe('What billing tells services that make their copies anew', () => {
  let till: Till;
  before(async () => {
    till = await startTill();
  });
  after(() => till.stop());

  const asked = async <T>(path: string): Promise<readonly T[]> => {
    const headers = { authorization: `Bearer ${till.platform.serviceTokens.mint()}` };
    return ((await (await fetch(new URL(path, till.url), { headers })).json()) as { data: readonly T[] }).data;
  };

  it('when documents are asked for, then they are as their events told', async () => {
    const repair = await till.tell(buildDone({ customerId: till.rosa.caller.customerId ?? '' }));
    await till.issue({ repairId: repair.id, kind: 'RECEIPT' });
    const [told] = await till.issued();
    const [exported, ...more] = await asked<ExportedInvoice>('/internal/invoices');
    expect(more).to.deep.equal([]);
    expect(exported).to.deep.include({ invoice: told, payments: [] });
    expect(exported?.version).to.be.at.least(1);
    expect(await asked('/internal/invoices?tenantId=elsewhere')).to.deep.equal([]);
    expect(await asked(`/internal/invoices?after=${told?.id}`)).to.deep.equal([]);
  });

  it('when quotes are asked for, then each has the version that the customer got, and a draft has none', async () => {
    const [one, other] = [await till.repair(), await till.repair()];
    const sent = await till.sent(till.agent.token, { repairId: one.id });
    const draft = await till.draft(till.agent.token, { repairId: other.id });
    const told = (await till.events()).find(({ type }) => type === 'sent');
    const exported = await asked<ExportedQuote>('/internal/quotes');
    expect(exported.find(({ id }) => id === sent.id)?.quote).to.deep.equal(told?.quote);
    expect(exported.find(({ id }) => id === draft.id)).to.have.all.keys('id', 'version');
  });
});
