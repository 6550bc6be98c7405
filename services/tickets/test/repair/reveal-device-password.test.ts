import { createLogger } from '@riparo/shared/logging/create-logger';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { forgetDevicePasswords } from '../../src/repair/device-password/forget-device-passwords.js';
import { createRepairs } from '../../src/repair/repair.repository.js';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened, type RepairView } from './repair.builder.js';

const PASSWORD = ' Orchidea-4711 ';
const SECRET = 'Orchidea-4711';

interface Revealed {
  readonly devicePassword: string;
}

describe('the device password of a repair', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  let log: string[];
  beforeEach(async () => {
    log = [];
    const destination = { write: (line: string) => void log.push(line) };
    bench = await startBench({ log: createLogger({ name: 'test', level: 'trace', destination }) });
    [agent, rosa] = [bench.person('AGENT'), await bench.customer()];
  });
  afterEach(() => bench.stop());

  const received = (part: object = { devicePassword: PASSWORD }): Promise<RepairView> =>
    opened(bench, agent, { customerId: rosa.caller.customerId, ...part });
  const reveal = (id: string, by: Person, reason = 'Startup test') =>
    bench.api.post<Revealed>(`/repairs/${id}/device-password/reveal`, { reason }, by);
  const stored = (id: string) => bench.test.platform.connection.collection('repairs').findOne({ _id: id as never });
  const entries = async (id: string) => {
    const repair = await stored(id);
    return (repair?.activities as readonly { body: string; authorUserId: string; isInternal: boolean }[]).slice(1);
  };
  const give = (id: string, technician: Person) =>
    bench.test.platform.connection
      .collection('repairs')
      .updateOne({ _id: id as never }, { $set: { assignedToUserId: technician.caller.userId, holder: technician.caller.userId } });

  describe('POST /repairs/:id/device-password/reveal', () => {
    it('when desk or technician asks, then they get it, and the timeline tells who looked and why', async () => {
      const [{ id }, technician] = [await received(), await bench.technician()];
      await give(id, technician);
      for (const by of [agent, technician]) {
        const { status, body, headers } = await reveal(id, by);
        expect([status, body.data.devicePassword, headers.get('cache-control')]).to.deep.equal([200, PASSWORD, 'no-store']);
      }
      expect((await entries(id)).map(({ body, authorUserId, isInternal }) => [body, authorUserId, isInternal])).to.deep.equal([
        ['Device password looked at: Startup test', agent.caller.userId, false],
        ['Device password looked at: Startup test', technician.caller.userId, false],
      ]);
    });

    it('when the customer takes the request back, then the password is gone, and no other is taken', async () => {
      const { id } = await opened(bench, rosa, { devicePassword: PASSWORD });
      await bench.api.post(`/repairs/${id}/cancel`, {}, rosa);
      const put = (devicePassword: string | null) => bench.api.put(`/repairs/${id}/device-password`, { devicePassword }, agent);
      expect((await stored(id))?.devicePassword).to.equal(undefined);
      expect((await put('another')).body.code).to.equal('REPAIR_NOT_ACTIVE');
      expect((await put(null)).status).to.equal(200);
      expect((await reveal(id, agent)).status).to.equal(404);
    });

    describe('the job that forgets passwords', () => {
      const KEPT_DAYS = 180;
      const run = () => {
        const { platform } = bench.test;
        const withPassword = createAcrossTenants(platform, 'repairs');
        return forgetDevicePasswords({ ...platform, repairs: createRepairs(platform), withPassword, keptDays: KEPT_DAYS })();
      };

      it('when an earlier version cancelled a repair and kept its password, then it is forgotten', async () => {
        const { id } = await received();
        const repairs = bench.test.platform.connection.collection('repairs');
        await repairs.updateOne({ _id: id as never }, { $set: { status: 'CANCELED', active: false } });
        await run();
        expect((await stored(id))?.devicePassword).to.equal(undefined);
        expect((await entries(id)).map(({ body }) => body)).to.deep.equal(['Device password forgotten']);
      });

      it('when a repair is open for longer than passwords are kept, then it is forgotten, and not before', async () => {
        const { id } = await received();
        bench.test.clock.advance(KEPT_DAYS * DAY_MS);
        await run();
        expect((await stored(id))?.devicePassword).to.not.equal(undefined);
        bench.test.clock.advance(1);
        await run();
        expect((await stored(id))?.devicePassword).to.equal(undefined);
      });
    });

    it('when a technician without it, the customer, or no reason asks, then no, and nothing is written', async () => {
      const [{ id }, technician] = [await received(), await bench.technician()];
      expect((await reveal(id, technician)).body.code).to.equal('REPAIR_NOT_ASSIGNED_TO_YOU');
      expect((await reveal(id, rosa)).status).to.equal(403);
      expect((await reveal(id, agent, ' ')).status).to.equal(422);
      await give(id, await bench.technician());
      expect((await reveal(id, technician)).status).to.equal(404);
      expect(await entries(id)).to.deep.equal([]);
    });

    it('when there is none, or it is of another tenant, then 404', async () => {
      const { id } = await received({});
      expect((await reveal(id, agent)).status).to.equal(404);
      const stranger = bench.person('AGENT', { tenantId: 'other' });
      expect((await reveal((await received()).id, stranger)).body.code).to.equal('REPAIR_NOT_FOUND');
    });

    it('when what is stored was altered, then 409 and no entry says that anybody has seen it', async () => {
      const [one, two] = [await received(), await received({ devicePassword: 'other' })];
      const repairs = bench.test.platform.connection.collection('repairs');
      const sealed = (await repairs.findOne({ _id: two.id as never }))?.devicePassword as object;
      await repairs.updateOne({ _id: one.id as never }, { $set: { devicePassword: sealed } });
      expect((await reveal(one.id, agent)).body.code).to.equal('DEVICE_PASSWORD_UNREADABLE');
      expect(await entries(one.id)).to.deep.equal([]);
    });
  });

  describe('PUT /repairs/:id/device-password', () => {
    const put = (id: string, devicePassword: string | null, by: Person = agent) =>
      bench.api.put<RepairView>(`/repairs/${id}/device-password`, { devicePassword }, by);

    it('when it is written anew, then that one counts; with null there is none', async () => {
      const { id } = await received();
      expect((await put(id, 'another')).body.data).to.include({ hasDevicePassword: true });
      expect((await reveal(id, agent)).body.data.devicePassword).to.equal('another');
      expect((await put(id, null)).body.data).to.include({ hasDevicePassword: false });
      expect((await reveal(id, agent)).status).to.equal(404);
      expect((await entries(id)).map(({ body }) => body)).to.deep.equal([
        'Device password changed',
        'Device password looked at: Startup test',
        'Device password forgotten',
      ]);
    });

    it('when a customer, or a technician without it, writes, then 403; an empty one is 422', async () => {
      const { id } = await received();
      expect([(await put(id, 'x', rosa)).status, (await put(id, 'x', await bench.technician())).status]).to.deep.equal([403, 403]);
      expect((await put(id, '')).status).to.equal(422);
    });
  });

  it('when a password was given, then it is not stored, told, logged or answered in the clear', async () => {
    const body = buildRepair({ customerId: rosa.caller.customerId, devicePassword: PASSWORD });
    const key = { headers: { 'idempotency-key': 'slip-1' } };
    const answers = [await bench.api.post<RepairView>('/repairs', body, { ...agent, ...key })];
    answers.push(await bench.api.post<RepairView>('/repairs', body, { ...agent, ...key }));
    const { id } = answers[0]!.body.data;
    answers.push(await bench.api.get<RepairView>(`/repairs/${id}`, agent), await bench.api.get<RepairView>(`/repairs/${id}`, rosa));
    answers.push(await bench.api.put<RepairView>(`/repairs/${id}/device-password`, { devicePassword: PASSWORD }, agent));
    // Faulty requests too: nothing of what was sent comes back.
    answers.push(await bench.api.post('/repairs', { ...body, devicePassword: PASSWORD.repeat(30) }, agent));
    answers.push(await bench.api.post('/repairs', { ...body, devicePassword: [PASSWORD] }, agent));
    await reveal(id, agent);
    const events = await bench.events();
    const { connection } = bench.test.platform;
    const collections = (await connection.db?.listCollections().toArray()) ?? [];
    const stored = await Promise.all(collections.map(({ name }) => connection.collection(name).find({}).toArray()));
    expect(stored.flat().length).to.be.greaterThan(3);
    const places = { answers: answers.map(({ text }) => text), events, stored, log };
    for (const [place, content] of Object.entries(places)) expect(JSON.stringify(content), place).to.not.contain(SECRET);
  });
});
