import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { startBench, type ActivityView, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';

describe('what is said about a repair', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const say = (id: string, where: 'reply' | 'notes', by: Person, body: object, headers = {}) =>
    bench.api.post<ActivityView>(`/repairs/${id}/${where}`, body, { ...by, headers });
  const activities = async (id: string, by: Person, query = '') => {
    const { body } = await bench.api.get<ActivityView[]>(`/repairs/${id}/activities${query}`, by);
    return body;
  };
  const upload = async (by: Person): Promise<string> => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(png)]), 'screen.png');
    return (await bench.api.request('POST', '/attachments', form, by)).body.data.id;
  };

  describe('POST /repairs/:id/reply', () => {
    it('when either side speaks, then the other reads it, and both are told', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      const asked = await say(id, 'reply', desk.rosa, { body: 'Is it <b>done</b>?' });
      expect(asked.status).to.equal(201);
      expect(asked.headers.get('location')).to.equal(`/api/v1/repairs/${id}/activities`);
      expect(asked.body.data).to.deep.include({ repairId: id, type: 'COMMENT', isInternal: false, authorUserId: desk.rosa.caller.userId });
      await say(id, 'reply', desk.elena, { body: 'Nearly.' });
      const told = (await bench.events()).filter(({ type }) => type === 'repair-replied').slice(-2);
      expect(told.map(({ data }) => [data.body, data.byCustomer, data.activityId !== undefined])).to.deep.equal([
        ['Is it <b>done</b>?', true, true],
        ['Nearly.', false, true],
      ]);
      expect((await activities(id, desk.rosa)).data.slice(0, 2).map(({ body }) => body)).to.have.members(['Is it <b>done</b>?', 'Nearly.']);
    });

    it('when it is repeated under its Idempotency-Key, then it is said once', async () => {
      const id = await desk.repairIn('PENDING');
      const headers = { 'idempotency-key': randomUUID() };
      const [first, again] = [
        await say(id, 'reply', desk.rosa, { body: 'Hello' }, headers),
        await say(id, 'reply', desk.rosa, { body: 'Hello' }, headers),
      ];
      expect(again.body.data.id).to.equal(first.body.data.id);
      expect((await activities(id, desk.rosa)).data.filter(({ body }) => body === 'Hello')).to.have.length(1);
    });

    it('when a photo comes with it, then whoever may read the entry may see it, and nobody else', async () => {
      const id = await desk.repairIn('PENDING');
      const file = await upload(desk.rosa);
      const { status, body } = await say(id, 'reply', desk.rosa, { body: 'See', attachmentIds: [file] });
      expect(status).to.equal(201);
      expect(body.data.attachments).to.have.length(1);
      const see = async (by: Person, what = file) => (await bench.api.get(`/attachments/${what}`, by)).status;
      const [other, marco] = [await bench.customer(), await bench.technician()];
      expect(await Promise.all([desk.rosa, desk.elena, desk.agent, other, marco].map((by) => see(by)))).to.deep.equal([
        200, 200, 200, 404, 404,
      ]);
      expect((await say(id, 'reply', desk.rosa, { body: 'Again', attachmentIds: [file] })).status).to.equal(422);
      const foreign = await upload(other);
      expect((await say(id, 'reply', desk.rosa, { body: 'Theirs', attachmentIds: [foreign] })).status).to.equal(422);
      const internal = await upload(desk.elena);
      await say(id, 'notes', desk.elena, { body: 'Look', attachmentIds: [internal] });
      expect(await Promise.all([desk.rosa, desk.agent].map((by) => see(by, internal)))).to.deep.equal([404, 200]);
    });

    it('when it says nothing or too much, then 422', async () => {
      const id = await desk.repairIn('PENDING');
      const { status, body } = await say(id, 'reply', desk.rosa, { body: ' ', isInternal: true, authorUserId: id });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['body', 'isInternal', 'authorUserId']);
    });
  });

  describe('POST /repairs/:id/notes', () => {
    it('when it is internal, then customers do not see or count it, and its event does not say it', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      const before = (await activities(id, desk.rosa)).pagination.totalCount;
      const noted = (await say(id, 'notes', desk.elena, { body: 'Owner is difficult' })).body.data;
      expect(noted.isInternal).to.equal(true);
      const told = (await bench.events()).at(-1);
      expect(told?.type).to.equal('repair-noted');
      expect(told?.data).to.include({ activityId: noted.id, actorUserId: desk.elena.caller.userId });
      expect(JSON.stringify(await bench.events())).not.to.include('difficult');
      expect((await activities(id, desk.rosa)).pagination.totalCount).to.equal(before);
      expect((await activities(id, desk.agent)).data[0]?.body).to.equal('Owner is difficult');
      const asCustomer = await bench.api.get(`/repairs/${id}`, desk.rosa);
      expect(asCustomer.text).not.to.include('difficult');
      expect(asCustomer.body.data.activityCount).to.equal(before);
    });

    it('when it is not internal, then it is a reply', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      await say(id, 'notes', desk.agent, { body: 'We called you', isInternal: false });
      expect((await bench.events()).at(-1)).to.deep.include({ type: 'repair-replied' });
      expect((await activities(id, desk.rosa)).data[0]?.body).to.equal('We called you');
    });
  });

  describe('GET /repairs/:id/activities', () => {
    it('when it is read page by page, then newest first, each once', async () => {
      const id = await desk.repairIn('PENDING');
      for (const body of ['one', 'two', 'three']) await say(id, 'reply', desk.rosa, { body });
      const pages = await Promise.all([1, 2, 3].map((page) => activities(id, desk.rosa, `?pageSize=2&page=${page}`)));
      expect(pages[0]?.pagination).to.deep.equal({ page: 1, pageSize: 2, totalPages: 3, totalCount: 5 });
      expect(pages.flatMap(({ data }) => data.map(({ body }) => body)).slice(0, 3)).to.deep.equal(['three', 'two', 'one']);
      expect((await activities(id, desk.rosa, '?sort=createdAt')).data.at(-1)?.body).to.equal('three');
    });
  });

  describe('what customers never see', () => {
    it("when a repair is over, then no customer's answer has its cost, minutes, cashier or notes", async () => {
      const id = await desk.repairIn('QUALITY_CHECK');
      const cashier = bench.person('AGENT', { userId: randomUUID(), name: 'Carla Cashier' });
      await say(id, 'notes', desk.elena, { body: 'SECRET note' });
      await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId, reason: 'SECRET reason' });
      const report = { description: 'Done', amount: 5_000, productionCost: 123_457, labourMinutes: 765_4 };
      expect((await desk.act(id, 'complete', desk.elena, report)).status).to.equal(200);
      await desk.act(id, 'ready', desk.agent);
      await desk.act(id, 'payment', cashier, { method: 'CASH', amount: 1_000 });
      await desk.act(id, 'waive', cashier, { reason: 'SECRET kindness' });
      await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
      const paths = [`/repairs/${id}`, `/repairs/${id}/status`, `/repairs/${id}/activities?pageSize=100`, '/repairs?pageSize=100'];
      const hidden = [
        'SECRET',
        '123457',
        // Four digits alone stand in many an id.
        ':7654',
        'productionCost',
        'labourMinutes',
        cashier.caller.userId,
        'Carla',
        'devicePassword',
        'words',
      ];
      for (const path of paths) {
        const { status, text } = await bench.api.get(path, desk.rosa);
        expect(status).to.equal(200);
        for (const word of hidden) expect(text, `${path}: ${word}`).not.to.include(word);
      }
      const staff = await bench.api.get(`/repairs/${id}`, desk.agent);
      for (const word of ['SECRET note', '123457', '7654', cashier.caller.userId]) expect(staff.text, word).to.include(word);
      const own = await say(id, 'reply', desk.rosa, { body: 'Thanks' });
      expect(own.body.code).to.equal('REPAIR_CLOSED');
    });
  });

  it('when a customer asks for the status, then it says how far the repair is, and no more', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    await desk.patch(id, 'DELAYED', desk.elena, { estimatedCompletionAt: '2026-03-09T10:00:00Z' });
    const { body } = await bench.api.get(`/repairs/${id}/status`, desk.rosa);
    const { number } = await desk.read(id);
    expect(body.data).to.deep.equal({
      id,
      number,
      status: 'DELAYED',
      statusName: 'Delayed',
      updatedAt: body.data.updatedAt,
      estimatedCompletionAt: '2026-03-09T10:00:00.000Z',
    });
  });
});
