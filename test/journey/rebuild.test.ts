import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { eventually } from '@riparo/shared/testing/eventually';
import { eachMode } from '../systems/modes.js';
import * as journey from './journey.js';
import type { Person } from './person.js';
import { liveShopDay } from './shop-day.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What is told when reports are made anew. */
const TOLD =
  /from 3 accounts, 1 customers, 1 devices, 1 parts, 4 tickets, 1 repairs, 0 work reports, 1 quotes, 1 invoices and 2 stock movements/;

/** Everything that reports are made from. */
const COPIES = [
  ...['settings', 'users', 'customers', 'assets', 'parts', 'tickets', 'outcomes', 'repairs', 'cash_movements', 'work_findings'],
  ...['quote_versions', 'documents', 'consumptions', 'day_sheets', 'counted', 'countings'],
];

/** What tickets, repairs and appointments add to the history of a device. */
const FOLLOWED = /^(?:TICKET|REPAIR|APPOINTMENT)/;

interface Shown {
  readonly history: readonly { readonly id: string; readonly type: string }[];
  readonly figures: readonly unknown[];
}

const shown = async (admin: Person, laptopId: string): Promise<Shown> => {
  const {
    data: [row],
  } = (await admin.send<{ data: readonly Record<string, unknown>[] }>('GET', '/assets?search=dell')).body;
  const { version: _v, updatedAt: _u, status: _s, ...figures } = row ?? {};
  const { recentTickets, recentRepairs } = await admin.get<Record<string, unknown>>(`/assets/${laptopId}`);
  const history = await admin.get<Shown['history']>(`/assets/${laptopId}/history?pageSize=100`);
  // The device's own entries tell that its status was set back meanwhile.
  return { history: history.filter(({ type }) => FOLLOWED.test(type)), figures: [figures, recentTickets, recentRepairs] };
};

const REPORTS = [
  ...['tickets', 'technicians', 'repairs/summary', 'repairs/completed', 'repairs/refused', 'repairs/production-cost'],
  ...['repairs/by-technician', 'parts', 'quotes', 'revenue', 'payments', 'repeat-repairs', 'open-amounts', 'equipment', 'dashboard'],
];

/** What every report says, but for what grows older meanwhile. */
const reported = async (admin: Person): Promise<Readonly<Record<string, unknown>>> =>
  Object.fromEntries(
    await Promise.all(
      REPORTS.map(async (report) => {
        const { backlog: _backlog, at: _at, ...figures } = await admin.get<Record<string, unknown>>(`/reports/${report}`);
        return [report, figures] as const;
      }),
    ),
  );

const rebuild = async (url: string, service = 'assets'): Promise<string> => {
  const env = { ...process.env, RIPARO_URL: url, ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: 'a-long-enough-passphrase' };
  const child = spawn(process.execPath, ['scripts/rebuild.mjs', service], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code, output).to.equal(0);
  return output;
};

eachMode('npm run rebuild', (begin) => {
  it('when figures, histories and reports were lost, then rebuilds give them again from their source', async () => {
    const { system, cast, broker } = await begin();
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
    await liveShopDay({ admin, engineer, customer }, laptopId);
    const [slot] = await eventually(async () => {
      const free = await customer.get<readonly { startAt: string; endAt: string }[]>('/appointments/slots?type=REMOTE_SESSION');
      return free.length > 0 && free;
    });
    const times = { scheduledStartAt: slot?.startAt, scheduledEndAt: slot?.endAt };
    await customer.post(`/tickets/${late.id}/appointments`, { type: 'REMOTE_SESSION', ...times });
    const before = await eventually(async () => {
      const now = await shown(admin, laptopId);
      const types = now.history.map(({ type }) => type);
      expect(types).to.include.members([
        ...['TICKET_RESOLVED', 'TICKET_MERGED', 'TICKET_STATUS_CHANGED', 'TICKET_ASSIGNED'],
        ...['REPAIR_RECEIVED', 'REPAIR_COMPLETED', 'APPOINTMENT_BOOKED'],
      ]);
      expect(types.filter((type) => type === 'TICKET_OPENED')).to.have.length(3);
      return now;
    });
    expect(await rebuild(url)).to.match(/from 4 tickets, 1 repairs, 1 appointments and 0 work reports/);
    expect(await shown(admin, laptopId)).to.deep.equal(before);
    const reports = await reported(admin);
    expect(reports.tickets).to.include({ opened: 3, resolved: 2, reopened: 1 });
    expect(await rebuild(url, 'reports')).to.match(TOLD);
    expect(await reported(admin)).to.deep.equal(reports);

    // One process has its database for itself; that of many can be opened beside them.
    if (broker === undefined) await system.stop();
    const database = await system.openDatabase();
    const assets = await connectMongo({ url: database.url, database: 'riparo_assets', maxPoolSize: 2 });
    for (const copies of ['tickets', 'repairs', 'visits']) await assets.collection(copies).deleteMany({});
    await assets.collection('history').deleteMany({ type: FOLLOWED });
    await assets.close();
    const kept = await connectMongo({ url: database.url, database: 'riparo_reports', maxPoolSize: 2 });
    for (const copies of COPIES) await kept.collection(copies).deleteMany({});
    await kept.close();
    await database.close();

    if (broker === undefined) await system.start();
    expect((await shown(admin, laptopId)).figures.slice(1)).to.deep.equal([[], []]);
    await rebuild(url);
    expect(await shown(admin, laptopId)).to.deep.equal(before);
    expect(await reported(admin)).to.not.deep.equal(reports);
    await rebuild(url, 'reports');
    expect(await reported(admin)).to.deep.equal(reports);
  });
});
