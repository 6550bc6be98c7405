import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Row {
  readonly row: number;
  readonly outcome: string;
  readonly assetId?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
interface Report {
  readonly dryRun: boolean;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly invalid: number;
  readonly rows: readonly Row[];
}

const HEAD = 'friendlyName,category,brand,model,serialNumber,location,tags\n';

describe('Devices as a table', () => {
  let bench: Bench;
  let rossi: Somebody;
  beforeEach(async () => {
    bench = await startBench();
    rossi = await bench.customer();
    await bench.location(rossi, { name: 'Shop' });
    await bench.location(rossi, { name: 'Depot' });
  });
  afterEach(() => bench.stop());

  const send = (csv: string, part: object = {}, token = rossi.token) =>
    bench.api.post<Report>('/assets/import', { csv, ...part }, { token });
  const apply = async (csv: string) => (await send(csv, { dryRun: false })).body.data;
  const assets = async () => (await bench.api.get<Record<string, unknown>[]>('/assets?sort=createdAt', { token: rossi.token })).body.data;

  describe('POST /assets/import', () => {
    it('when it is a dry run, then each row tells what would happen, and nothing does', async () => {
      const csv = `${HEAD}Till,desktop,HP,ProDesk,S1,depot,a;b\nBad,TOASTER,,X,S2,Nowhere,\nTwin,LAPTOP,Dell,X,s-1,,\n`;
      const { status, body } = await send(csv);
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ dryRun: true, created: 1, updated: 0, unchanged: 0, invalid: 2 });
      expect(body.data.rows.map(({ row, outcome }) => [row, outcome])).to.deep.equal([
        [2, 'CREATED'],
        [3, 'INVALID'],
        [4, 'INVALID'],
      ]);
      expect(body.data.rows[1]?.errors?.map(({ path }) => path)).to.have.members(['category', 'brand', 'location']);
      expect(body.data.rows[2]?.errors).to.deep.equal([{ path: 'serialNumber', message: 'is in row 2 already' }]);
      expect(await assets()).to.deep.equal([]);
    });

    it('when a table is imported twice, then the second time changes nothing', async () => {
      const csv = `${HEAD}Till,DESKTOP,HP,ProDesk,S1,Depot,a;b\nBad,TOASTER,HP,X,S2,,\nPrinter,PRINTER,Epson,T20,S3,,\n`;
      expect(await apply(csv)).to.include({ created: 2, invalid: 1 });
      const first = await assets();
      expect(first.map(({ friendlyName, tags }) => [friendlyName, tags])).to.deep.equal([
        ['Till', ['a', 'b']],
        ['Printer', []],
      ]);
      expect(await apply(csv)).to.include({ created: 0, updated: 0, unchanged: 2, invalid: 1 });
      expect(await assets()).to.deep.equal(first);
    });

    it('when a row is of a known device, then its filled cells change it, and empty ones change nothing', async () => {
      const id = await bench.asset(rossi, { serialNumber: 'ABC-1', os: 'Windows 11', brand: 'HP' });
      const report = await apply('serialNumber;friendlyName;os;location\r\nabc1;"Till; new";;Depot\r\n');
      expect(report).to.deep.include({ updated: 1, rows: [{ row: 2, outcome: 'UPDATED', assetId: id }] });
      const [asset] = await assets();
      expect(asset).to.include({ serialNumber: 'ABC-1', friendlyName: 'Till; new', os: 'Windows 11', brand: 'HP' });
      const { body } = await bench.api.get<{ id: string; location: { name: string } }>(`/assets/${id}`, { token: rossi.token });
      expect(body.data.location.name).to.equal('Depot');
    });

    it('when cells are pasted from elsewhere, then places, serial numbers and texts are recognised', async () => {
      await bench.location(rossi, { name: 'Caff\u00e8 Centrale' });
      const id = await bench.asset(rossi, { serialNumber: 'ABC-1', friendlyName: 'Caff\u00e8' });
      const row = '\ufeffCaffe\u0300\u200b,LAPTOP,Dell,X,\uff21BC\u20131,caffe\u0300\u00a0centrale\u200b,\u200b\n';
      expect(await apply(`\u200b${HEAD}${row}`)).to.deep.include({ updated: 1, rows: [{ row: 2, outcome: 'UPDATED', assetId: id }] });
      expect(await apply(HEAD + row)).to.include({ unchanged: 1 });
      const [asset] = await assets();
      expect(asset).to.include({ friendlyName: 'Caff\u00e8', serialNumber: 'ABC-1', brand: 'Dell' });
    });

    it('when a device was kept as it was pasted, then the same row still changes nothing', async () => {
      await bench.asset(rossi, { serialNumber: 'ABC-1', tags: ['a'] });
      const asPasted = { friendlyName: 'Caffe\u0300', brand: 'A\u00a0B', tags: ['e\u0300'], serialKey: 'ABC\u20111' };
      await bench.world.platform.connection.collection('assets').updateOne({ customerId: rossi.customerId }, { $set: asPasted });
      const before = await assets();
      const row = 'Caffe\u0300,LAPTOP,A\u00a0B,,ABC\u20111,,e\u0300\n';
      expect(await apply(HEAD + row.replace('LAPTOP', String(before[0]?.category)))).to.include({ unchanged: 1, created: 0 });
      expect(await assets()).to.deep.equal(before);
    });

    it('when it is no table, then 422 with what is wrong', async () => {
      const messages = async (csv: string) => (await send(csv)).body.errors.map(({ path }) => path);
      for (const csv of [
        '',
        'friendlyName,colour,serialNumber\n',
        'friendlyName\nX\n',
        'serialNumber,serialNumber\n',
        'serialNumber\n"open\n',
      ]) {
        expect(await messages(csv)).to.deep.equal(['csv']);
      }
      const many = `serialNumber\n${Array.from({ length: 1001 }, (_, n) => `S${n}`).join('\n')}`;
      expect(await messages(many)).to.deep.equal(['csv']);
    });

    it('when somebody imports who may not, then 403, and 404 for another customer', async () => {
      const csv = `${HEAD}Till,DESKTOP,HP,ProDesk,S1,,\n`;
      const other = await bench.customer();
      const user = bench.world.tokenFor({ role: 'CUSTOMER_USER', customerId: rossi.customerId });
      expect((await send(csv, {}, user)).status).to.equal(403);
      expect((await send(csv, {}, bench.staff('TECH').token)).status).to.equal(403);
      expect((await send(csv, { customerId: other.customerId })).body.code).to.equal('CUSTOMER_NOT_FOUND');
      const { token } = bench.staff();
      expect((await send(csv, { customerId: rossi.customerId, dryRun: false }, token)).body.data.created).to.equal(1);
      expect(await assets()).to.have.length(1);
    });
  });

  describe('GET /assets/export', () => {
    it('when exported, then the table has what the list shows, without formulas, and imports again', async () => {
      await bench.asset(rossi, { friendlyName: '=1+1', notes: '+39 line\n"two"', tags: ['a', 'b'], serialNumber: 'S1' });
      await bench.asset(rossi, { category: 'PRINTER', serialNumber: 'S2' });
      await bench.asset(await bench.customer(), { serialNumber: 'S3' });
      const answer = await bench.api.get('/assets/export', { token: rossi.token });
      expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      const rows: Record<string, string>[] = parse(answer.text, { columns: true, bom: true });
      expect(rows.map(({ serialNumber, friendlyName, notes, tags }) => [serialNumber, friendlyName, notes, tags])).to.deep.equal([
        ['S1', "'=1+1", '\'+39 line\n"two"', 'a;b'],
        ['S2', "Joel's Laptop", '', ''],
      ]);
      expect(await apply(answer.text)).to.include({ created: 0, updated: 0, unchanged: 2, invalid: 0 });
      const printers = await bench.api.get('/assets/export?category=PRINTER', { token: rossi.token });
      expect(parse(printers.text, { columns: true, bom: true })).to.have.length(1);
    });
  });
});
