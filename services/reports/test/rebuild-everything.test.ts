import { randomUUID } from 'node:crypto';
import { AssetRegistered, type PublishedAsset } from '@riparo/shared/contracts/assets.events';
import { CustomerCreated, SettingsChanged, UserRegistered } from '@riparo/shared/contracts/auth.events';
import { InvoiceIssued, InvoiceUpdated } from '@riparo/shared/contracts/invoices.events';
import { StockMoved } from '@riparo/shared/contracts/parts.events';
import { QuoteAccepted } from '@riparo/shared/contracts/quotes.events';
import { RepairCompleted } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketOpened, TicketRated, TicketResolved } from '@riparo/shared/contracts/tickets.events';
import { WorkReportApproved } from '@riparo/shared/contracts/work-reports.events';
import { buildInvoice, buildPart, buildQuote } from '@riparo/shared/testing/published-money';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import { expect } from 'chai';
import { MADE_ANEW, NOT_MADE_ANEW } from '../src/rebuild/collections.js';
import { buildTicket, startBench, type Bench } from './bench.js';
import { createOwners, type Owners } from './owners.js';
import { euro } from './workshop.js';

const MARCH = 'from=2026-03-01&to=2026-04-01';
const REPORTS = [
  ...['tickets', 'technicians', 'repairs/summary', 'repairs/completed', 'repairs/refused', 'repairs/production-cost'],
  ...['repairs/by-technician', 'parts', 'quotes', 'revenue', 'payments', 'repeat-repairs', 'equipment'],
].map((report) => `${report}?${MARCH}`);

const on = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;

/** Kept by the platform for every service, and by nothing that reports tell. */
const OF_THE_PLATFORM = /^(?:parked|idempotency|leases|revocations|derived_|outbox|spent_|system\.)/;

type Collection = ReturnType<Bench['world']['platform']['connection']['collection']>;

describe('Rebuilding everything that reports are made from', () => {
  let bench: Bench;
  let owners: Owners;
  beforeEach(async () => {
    owners = createOwners();
    bench = await startBench(owners.clients);
    bench.world.clock.set(on(20));
  });
  afterEach(() => bench.stop());

  /** Tells it by an event, and of the owner. */
  const people = async () => {
    const [tina, customerId] = [randomUUID(), randomUUID()];
    const user = { id: tina, email: 't@example.test', name: 'Tina', role: 'TECH', status: 'ACTIVE', skills: [], removed: false } as const;
    const customer = { id: customerId, type: 'INDIVIDUAL', name: 'Rosa', contactEmail: 'r@example.test', status: 'ACTIVE' } as const;
    const calendar = { timeZone: 'America/New_York', weekly: {}, exceptions: [] };
    const settings = { companyName: 'Centre', timeZone: 'America/New_York', locale: 'en', currency: 'EUR', calendar };
    await bench.world.publish(UserRegistered, { user }, { subject: tina, version: 1 });
    await bench.world.publish(CustomerCreated, { customer }, { subject: customerId, version: 2 });
    await bench.world.publish(SettingsChanged, { settings }, { subject: 'default', version: 3 });
    owners.has('users', tina, { user, version: 1 });
    owners.has('customers', customerId, { customer, version: 2 });
    owners.has('settings', 'default', { id: 'default', settings, version: 3 });
    return { tina, customerId };
  };
  type People = Awaited<ReturnType<typeof people>>;

  const ratedTicket = async ({ tina, customerId }: People): Promise<void> => {
    const ticket = buildTicket({ customerId, createdAt: on(1), assignedToUserId: tina });
    const resolved = { ...ticket, status: 'RESOLVED', stage: 'RESOLVED', resolvedAt: on(3), resolvedByUserId: tina } as const;
    const closed = { ...resolved, status: 'CLOSED', stage: 'CLOSED', closedAt: on(4) } as const;
    const origin = (version: number) => ({ subject: ticket.id, version });
    await bench.world.publish(TicketOpened, { ticket, at: on(1) }, origin(1));
    await bench.world.publish(TicketResolved, { ticket: resolved, at: on(3), from: 'OPEN', to: 'RESOLVED' }, origin(2));
    await bench.world.publish(TicketClosed, { ticket: closed, at: on(4), from: 'RESOLVED', to: 'CLOSED' }, origin(3));
    await bench.world.publish(TicketRated, { ticket: { ...closed, ratingScore: 4 }, at: on(5), score: 4 }, origin(4));
    const steps = [
      { kind: 'RESOLVED', at: on(3), actorUserId: tina },
      { kind: 'CLOSED', at: on(4) },
    ];
    owners.has('tickets', ticket.id, { ticket: { ...closed, ratingScore: 4 }, version: 4, steps, rating: { score: 4, at: on(5) } });
  };

  const work = async ({ tina, customerId }: People): Promise<void> => {
    const asset: PublishedAsset = {
      ...{ id: randomUUID(), customerId, locationId: randomUUID(), friendlyName: 'Desk' },
      ...{ category: 'LAPTOP', brand: 'Dell', model: 'XPS', serialNumber: 'S1', status: 'ACTIVE' },
    };
    await bench.world.publish(AssetRegistered, { asset }, { subject: asset.id, version: 1 });
    owners.has('assets', asset.id, { asset, version: 1 });
    const payments = [{ id: randomUUID(), method: 'CASH' as const, amount: euro(4_000), at: on(7) }];
    const repair = buildPublishedRepair({
      ...{
        customerId,
        assetId: asset.id,
        createdAt: on(2),
        status: 'COMPLETED',
        amountDue: euro(10_000),
        amountPaid: euro(4_000),
        payments,
      },
      outcome: { type: 'COMPLETED', description: 'New fan', amount: euro(10_000), decidedAt: on(6), decidedByUserId: tina },
    });
    await bench.world.publish(RepairCompleted, { repair, at: on(6) }, { subject: repair.id, version: 4 });
    owners.has('repairs', repair.id, { repair, version: 4, steps: [] });
    const workReport = buildWorkReport({
      ...{ customerId, status: 'APPROVED', repairId: repair.id, ticketId: undefined },
      malfunctions: [{ component: 'Fan', symptom: 'Loud' }],
      approval: { method: 'COUNTER', name: 'Rosa', at: on(6) },
    });
    await bench.world.publish(WorkReportApproved, { workReport, at: on(6) }, { subject: workReport.id, version: 5 });
    owners.has('work-reports', workReport.id, { workReport, version: 5 });
  };

  const money = async ({ customerId }: People): Promise<void> => {
    const earlier = [{ quoteVersion: 1, status: 'DECLINED' as const, total: euro(9_000), sentAt: on(2), decidedAt: on(3) }];
    const quote = buildQuote({ quoteVersion: 2, earlier, status: 'ACCEPTED', sentAt: on(4), decidedAt: on(5) });
    await bench.world.publish(QuoteAccepted, { quote, at: on(5) }, { subject: quote.id, version: 6 });
    owners.has('quotes', quote.id, { id: quote.id, version: 7, quote });
    // One that was never sent.
    owners.has('quotes', '00000000-0000-4000-8000-000000000000', { id: '00000000-0000-4000-8000-000000000000', version: 1 });
    const invoice = buildInvoice({ ticketId: randomUUID(), customerId, left: euro(12_200) });
    const paid = { ...invoice, status: 'PARTLY_PAID' as const, left: euro(2_200) };
    const payments = [
      { id: randomUUID(), method: 'CARD' as const, amount: euro(11_000), at: on(8) },
      { id: randomUUID(), method: 'CARD' as const, amount: euro(-1_000), at: on(9) },
    ];
    await bench.world.publish(InvoiceIssued, { invoice, at: on(2) }, { subject: invoice.id, version: 1 });
    await bench.world.publish(InvoiceUpdated, { invoice: paid, at: on(9), payments }, { subject: invoice.id, version: 3 });
    owners.has('invoices', invoice.id, { invoice: paid, version: 3, payments });
    const note = buildInvoice({ kind: 'CREDIT_NOTE', total: euro(610), vatGroups: [{ vatRate: 22, net: euro(500), vat: euro(110) }] });
    await bench.world.publish(InvoiceIssued, { invoice: note, at: on(9) }, { subject: note.id, version: 1 });
    owners.has('invoices', note.id, { invoice: note, version: 1, payments: [] });
    const part = buildPart();
    for (const [kind, quantity] of [
      ['RECEIPT', 5],
      ['CONSUMPTION', -2],
    ] as const) {
      const movement = { id: randomUUID(), kind, quantity, unitCost: euro(3_000), unitPrice: euro(8_000) };
      await bench.world.publish(StockMoved, { part, at: on(10), movement }, { subject: part.id, version: 2 });
      owners.has('stock-movements', movement.id, { part, movement, at: on(10) });
    }
    owners.has('parts', part.id, { part, version: 2 });
  };

  const everything = async (): Promise<void> => {
    const known = await people();
    await ratedTicket(known);
    await work(known);
    await money(known);
  };

  const figures = (): Promise<readonly object[]> =>
    Promise.all([...REPORTS, 'open-amounts', 'dashboard'].map((report) => bench.report<object>(`/reports/${report}`)));
  const admin = () => bench.world.tokenFor({ role: 'ADMIN' });
  const begin = async () => expect((await bench.api.post('/reports/rebuild', {}, { token: admin() })).status).to.equal(202);
  const state = async () => (await bench.api.get<Record<string, unknown>>('/reports/rebuild', { token: admin() })).body.data;
  const collections = (): readonly (readonly [string, Collection])[] =>
    [...new Set(Object.values(MADE_ANEW).flat())].map((name) => [name, bench.world.platform.connection.collection(name)]);

  const COUNTS = {
    ...{ settingsCount: 1, userCount: 1, customerCount: 1, assetCount: 1, partCount: 1, ticketCount: 1, repairCount: 1 },
    ...{ workReportCount: 1, quoteCount: 2, invoiceCount: 2, movementCount: 2, sheetCount: 6 },
  };

  it('when every copy and sheet is lost, then a rebuild gives every report again', async () => {
    await everything();
    const before = await figures();
    for (const [name, collection] of collections()) expect(await collection.countDocuments(), name).to.be.greaterThan(0);
    for (const [, collection] of collections()) await collection.deleteMany({});
    const empty = await figures();
    for (const [index, report] of REPORTS.entries())
      if (!report.includes('refused')) expect(empty[index], report).to.not.deep.equal(before[index]);
    await begin();
    await bench.rebuild();
    expect(await state()).to.include({ status: 'FINISHED', ...COUNTS });
    expect(await figures()).to.deep.equal(before);
    await begin();
    await bench.rebuild();
    expect(await figures()).to.deep.equal(before);
  });

  it('when copies of the same version are wrong, then a rebuild puts them right', async () => {
    await everything();
    const before = await figures();
    const wrong = { name: 'Wrong', timeZone: 'Asia/Tokyo', at: new Date(on(18)), createdAt: new Date(on(18)), score: 1, components: [] };
    const more = { amount: euro(1), total: 1, open: euro(1), hours: 99, pieces: 9, brandKey: 'x', brand: 'X' };
    const statusOf = (name: string) => (name === 'quote_versions' ? { status: 'EXPIRED' } : {});
    for (const [name, collection] of collections())
      if (!/^(?:day_sheets|counted|countings)$/.test(name))
        await collection.updateMany({}, { $set: { ...wrong, ...more, ...statusOf(name), uncounted: 'default/again' } });
    expect(await figures()).to.not.deep.equal(before);
    await begin();
    await bench.rebuild();
    expect(await figures()).to.deep.equal(before);
  });

  it('when an owner goes away after every page, then the rebuild goes on where it was', async () => {
    await everything();
    const before = await figures();
    for (const [, collection] of collections()) await collection.deleteMany({});
    await begin();
    let interruptions = 0;
    for (; (await state()).status === 'RUNNING'; interruptions++) {
      owners.state.answers = 1;
      await bench.rebuild().catch((error: unknown) => expect(error).to.include({ kind: 'unavailable' }));
    }
    expect(interruptions).to.be.at.least(2 * (Object.keys(MADE_ANEW).length - 1));
    expect(await state()).to.include(COUNTS);
    expect(await figures()).to.deep.equal(before);
  });

  it('when a copy is newer than what its owner told, then it stays', async () => {
    await everything();
    const users = bench.world.platform.connection.collection('users');
    await users.updateMany({}, { $set: { name: 'Newer', version: 9 } });
    await begin();
    await bench.rebuild();
    expect(await users.distinct('name')).to.deep.equal(['Newer']);
  });

  it('when collections are listed, then each is made anew by a phase, or it is said why not', async () => {
    await everything();
    await begin();
    await bench.rebuild();
    const { db } = bench.world.platform.connection;
    const names = ((await db?.listCollections().toArray()) ?? []).map(({ name }) => name).filter((name) => !OF_THE_PLATFORM.test(name));
    const accounted = new Set([...Object.values(MADE_ANEW).flat(), ...Object.keys(NOT_MADE_ANEW)]);
    expect(names.filter((name) => !accounted.has(name))).to.deep.equal([]);
    expect([...accounted].filter((name) => !names.includes(name))).to.deep.equal([]);
  });
});
