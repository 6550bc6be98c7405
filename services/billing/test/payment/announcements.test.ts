import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { euros, startPaymentBench, type PaymentBench, type PaymentView } from './payment-bench.js';

describe('announced transfers', () => {
  let world: PaymentBench;
  before(async () => {
    world = await startPaymentBench();
  });
  after(() => world.stop());

  const announce = (repairId: string, more: object = {}, by = world.rosa) =>
    world.bench.api.post<PaymentView>(
      '/payments/announcements',
      { repairId, amount: 4_990, reference: 'TRN 123', ...more },
      { token: by.token },
    );
  const announced = async (): Promise<{ readonly id: string; readonly repairId: string }> => {
    const repair = await world.repair();
    const { status, body, text } = await announce(repair.id);
    expect(status, text).to.equal(201);
    return { id: body.data.id, repairId: repair.id };
  };
  const act = (id: string, verb: string, body: object, by = world.agent) =>
    world.bench.api.post<PaymentView>(`/payments/${id}/${verb}`, body, { token: by.token });

  it('when a transfer is announced, then the desk finds it in its list and is told', async () => {
    const { id } = await announced();
    const { body } = await world.bench.api.get<readonly PaymentView[]>('/payments?status=TO_VERIFY', { token: world.agent.token });
    expect(body.data[0]).to.deep.include({ id, method: 'BANK_TRANSFER', amount: euros(4_990), reference: 'TRN 123', status: 'TO_VERIFY' });
    expect(await world.told()).to.deep.equal([`to-verify ${id}`]);
    const mine = await world.bench.api.get<readonly PaymentView[]>('/payments', { token: world.rosa.token });
    expect(mine.body.data.map((payment) => payment.id)).to.deep.equal([id]);
    expect(mine.body.data[0]).not.to.have.property('startedByUserId');
  });

  it('when it is verified, then the repair has it once, under the same id', async () => {
    const { id, repairId } = await announced();
    const { status, body, text } = await act(id, 'verify', { note: 'On the statement of Monday' });
    expect(status, text).to.equal(200);
    expect(body.data).to.include({ status: 'VERIFIED', note: 'On the statement of Monday' });
    expect([world.paidOf(repairId), world.tickets.booked.get(id)]).to.deep.equal([4_990, 4_990]);
    expect((await act(id, 'verify', {})).body.code).to.equal('PAYMENT_NOT_TO_VERIFY');
    expect((await act(id, 'reject', { reason: 'No' })).body.code).to.equal('PAYMENT_NOT_TO_VERIFY');
    expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`to-verify ${id}`, `verified ${id}`]);
    expect(await world.read(id, world.rosa)).not.to.have.property('note');
  });

  it('when two verify at once, then the repair has it once', async () => {
    const { id, repairId } = await announced();
    const answers = await Promise.all([1, 2, 3].map(() => act(id, 'verify', {})));
    expect(answers.some(({ status }) => status === 200)).to.equal(true);
    expect(world.paidOf(repairId)).to.equal(4_990);
    expect((await world.told()).filter((line) => line === `verified ${id}`)).to.have.length(1);
  });

  it('when it is rejected, then the customer reads why, and can announce another', async () => {
    const { id, repairId } = await announced();
    const { body } = await act(id, 'reject', { reason: 'No transfer of this name came' });
    expect(body.data).to.include({ status: 'REJECTED', reason: 'No transfer of this name came' });
    expect(await world.read(id, world.rosa)).to.include({ reason: 'No transfer of this name came' });
    expect((await announce(repairId)).status).to.equal(201);
    expect(world.paidOf(repairId)).to.equal(0);
  });

  it('when the repair was paid meanwhile, then verifying is refused, and it can be rejected', async () => {
    const { id, repairId } = await announced();
    world.paidAtTheCounter(repairId);
    expect((await act(id, 'verify', {})).body.code).to.equal('REPAIR_ALREADY_PAID');
    expect(await world.read(id)).to.include({ status: 'TO_VERIFY', isBeingDecided: false });
    expect((await act(id, 'reject', { reason: 'Paid in cash' })).status).to.equal(200);
  });

  for (const fault of ['away', 'lost answer'] as const) {
    it(`when the tickets service is gone (${fault}), then the clock keeps the promise, once`, async () => {
      const { id, repairId } = await announced();
      world.tickets.faults.push(fault);
      expect((await act(id, 'verify', {})).status).to.equal(503);
      expect(await world.read(id)).to.include({ status: 'TO_VERIFY', isBeingDecided: true });
      expect((await act(id, 'reject', { reason: 'No' })).body.code).to.equal('PAYMENT_BEING_DECIDED');
      await world.later(60_000);
      expect(await world.read(id)).to.include({ status: 'VERIFIED' });
      expect(world.paidOf(repairId)).to.equal(4_990);
    });
  }

  it('when it is more than is left, for nothing, or of somebody else, then it is refused', async () => {
    const repair = await world.repair();
    expect((await announce(repair.id, { amount: 4_991 })).body.code).to.equal('PAYMENT_EXCEEDS_AMOUNT_LEFT');
    expect((await announce(repair.id, { amount: { amount: 1, currency: 'USD' } })).status).to.equal(422);
    expect((await announce(repair.id, { reference: undefined })).body.errors[0]?.path).to.equal('reference');
    expect((await announce(repair.id, {}, await world.bench.customer())).body.code).to.equal('REPAIR_NOT_FOUND');
    expect((await announce(randomUUID())).body.code).to.equal('REPAIR_NOT_FOUND');
    world.paidAtTheCounter(repair.id);
    expect((await announce(repair.id)).body.code).to.equal('REPAIR_ALREADY_PAID');
  });

  it('when the work goes on, then a deposit can be announced', async () => {
    const repair = await world.repair({ status: 'IN_PROGRESS', amountDue: euros(0), amountLeft: euros(0) });
    world.bench.known.set(repair.id, { ...repair, outcome: undefined, version: 1 });
    expect((await announce(repair.id, { amount: 2_000 })).status).to.equal(201);
  });

  it('when ten wait for the desk, then the eleventh is refused', async () => {
    const repair = await world.repair();
    for (let count = 0; count < 10; count++) expect((await announce(repair.id, { amount: 1 })).status).to.equal(201);
    expect((await announce(repair.id, { amount: 1 })).body.code).to.equal('PAYMENTS_WAITING');
  });

  const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const prove = (id: string, bytes: Buffer, by = world.rosa) => {
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'order.exe');
    return world.bench.api.request<PaymentView>('POST', `/payments/${id}/proof`, form, { token: by.token });
  };

  it('when a proof is added and replaced, then the desk sees the newest, and no file is left over', async () => {
    const { id } = await announced();
    expect((await world.bench.api.get(`/payments/${id}/proof`, { token: world.agent.token })).body.code).to.equal(
      'PAYMENT_PROOF_NOT_FOUND',
    );
    const first = await prove(id, PICTURE);
    expect([first.status, first.body.data.hasProof]).to.deep.equal([200, true]);
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF');
    expect((await prove(id, pdf)).status).to.equal(200);
    const shown = await world.bench.api.get(`/payments/${id}/proof`, { token: world.agent.token });
    expect([shown.status, shown.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect(shown.headers.get('content-disposition')).to.include('attachment');
    const files = await world.bench.platform.connection.collection('payment_proofs.files').find({}).toArray();
    expect(files).to.have.length(1);
    expect(files[0]?.metadata).not.to.have.property('looseSince');
    await act(id, 'verify', {});
    expect((await prove(id, PICTURE)).body.code).to.equal('PAYMENT_PROOF_NOT_TAKEN');
  });

  it('when a proof is something else, or of a stranger, then it is refused', async () => {
    const { id } = await announced();
    for (const text of ['MZ not a picture', '%PDF-1.4 <script>alert(1)</script> %%EOF'])
      expect((await prove(id, Buffer.from(text))).body.code).to.equal('PAYMENT_PROOF_TYPE_NOT_SUPPORTED');
    expect((await prove(id, PICTURE, await world.bench.customer())).status).to.equal(404);
  });

  it('when a stranger asks, or a customer decides, then it is not theirs', async () => {
    const { id } = await announced();
    const stranger = await world.bench.customer();
    expect((await world.bench.api.get(`/payments/${id}`, { token: stranger.token })).status).to.equal(404);
    expect((await act(id, 'verify', {}, world.rosa)).status).to.equal(403);
    expect((await act(id, 'refund', { amount: 1, reason: 'x' }, world.admin)).body.code).to.equal('PAYMENT_NOT_REFUNDABLE');
  });

  it('when the announcement is repeated under its Idempotency-Key, then there is one', async () => {
    const repair = await world.repair();
    const options = { token: world.rosa.token, headers: { 'idempotency-key': randomUUID() } };
    const body = { repairId: repair.id, amount: 100, reference: 'X' };
    const [first, second] = [
      await world.bench.api.post<PaymentView>('/payments/announcements', body, options),
      await world.bench.api.post<PaymentView>('/payments/announcements', body, options),
    ];
    expect(second.body.data.id).to.equal(first.body.data.id);
  });
});
