import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { eventually } from '@riparo/shared/testing/eventually';
import { inOneProcess } from '../systems/modes.js';
import * as journey from './journey.js';
import type { Person } from './person.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Shown {
  readonly history: readonly { readonly id: string; readonly type: string }[];
  readonly figures: readonly unknown[];
}

const shown = async (admin: Person, laptopId: string): Promise<Shown> => {
  const { openTicketCount, totalTicketCount, lastTicketAt, lastServiceAt, recentTickets } = await admin.get<Record<string, unknown>>(
    `/assets/${laptopId}`,
  );
  const history = await admin.get<Shown['history']>(`/assets/${laptopId}/history?pageSize=100`);
  return { history, figures: [openTicketCount, totalTicketCount, lastTicketAt, lastServiceAt, recentTickets] };
};

const rebuild = async (url: string): Promise<string> => {
  const env = { ...process.env, RIPARO_URL: url, ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: 'a-long-enough-passphrase' };
  const child = spawn(process.execPath, ['scripts/rebuild.mjs', 'assets'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code, output).to.equal(0);
  return output;
};

inOneProcess('npm run rebuild -- assets', (begin) => {
  it('gives figures and histories again that were lost, from the tickets, while everything runs', async () => {
    const { system, cast } = await begin({ BCRYPT_COST: '4' });
    const { url, admin } = cast;
    const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    const { customer, laptopId } = await journey.moveIn(url, 'carla@example.com');
    const done = await journey.openTicket(customer, 'Screen stays black', laptopId);
    await journey.assigned(customer, done.id);
    await journey.workOn(engineer, customer, done.id);
    await customer.post(`/tickets/${done.id}/reply`, { body: 'It happened again.' });
    const [late, twin] = [await journey.openTicket(customer, 'Linked later'), await journey.openTicket(customer, 'A twin', laptopId)];
    await admin.post(`/tickets/${late.id}/attach-asset`, { assetId: laptopId });
    await admin.post(`/tickets/${twin.id}/merge`, { intoTicketId: late.id });
    const before = await eventually(async () => {
      const now = await shown(admin, laptopId);
      const types = now.history.map(({ type }) => type);
      expect(types).to.include.members(['TICKET_RESOLVED', 'TICKET_MERGED', 'TICKET_STATUS_CHANGED', 'TICKET_ASSIGNED']);
      expect(types.filter((type) => type === 'TICKET_OPENED')).to.have.length(3);
      return now;
    });
    expect(await rebuild(url)).to.match(/from 3 tickets/);
    expect(await shown(admin, laptopId)).to.deep.equal(before);

    await system.stop();
    const database = await system.openDatabase();
    const assets = await connectMongo({ url: database.url, database: 'riparo_assets', maxPoolSize: 2 });
    await assets.collection('tickets').deleteMany({});
    await assets.collection('history').deleteMany({ type: { $regex: '^TICKET' } });
    await assets.close();
    await database.close();

    await system.start();
    expect((await shown(admin, laptopId)).figures.slice(0, 2)).to.deep.equal([0, 0]);
    await rebuild(url);
    expect(await shown(admin, laptopId)).to.deep.equal(before);
  });
});
