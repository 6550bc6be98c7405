import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened, type RepairView } from './repair.builder.js';

const SERIAL = 'PF-3X9K21';

describe('the public status of a repair', () => {
  let bench: Bench;
  let repair: RepairView;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z' });
    rosa = await bench.customer({ name: 'Rosa', surname: 'Bianchi' });
    repair = await opened(bench, bench.person('AGENT'), {
      customerId: rosa.caller.customerId,
      notes: 'Only Rosa may know',
      estimatedCompletionAt: '2026-03-06T16:00:00.000Z',
    });
  });
  afterEach(() => bench.stop());

  const pathOf = (number: string, serialNumber: string): string => `?${new URLSearchParams({ number, serialNumber }).toString()}`;
  const ask = (number: string, serialNumber: string) => bench.api.get<object>(`/public/repairs/status${pathOf(number, serialNumber)}`);
  const page = (number: string, serialNumber: string) => bench.api.get(`/repair-status${pathOf(number, serialNumber)}`, { root: true });

  describe('GET /public/repairs/status', () => {
    it('when the pair is right, however it is written, then the state and nothing else is told', async () => {
      for (const [number, serial] of [
        [repair.number, SERIAL],
        [repair.number.toLowerCase(), ' pf 3x9k21 '],
        ['\u202arep\u20132026\u2013000001\u202c', '\uff30\uff26\u20113X9K21'],
      ] as const) {
        const { status, body, headers } = await ask(number, serial);
        expect([status, headers.get('cache-control')]).to.deep.equal([200, 'no-store']);
        expect(body.data).to.deep.equal({
          number: 'REP-2026-000001',
          device: { brand: 'Lenovo', model: 'ThinkPad T14' },
          status: 'PENDING',
          statusName: 'Pending',
          estimatedCompletionAt: '2026-03-06T16:00:00.000Z',
        });
      }
    });

    it('when its serial number was kept with a dash of another kind, then the repair is found as before', async () => {
      const repairs = bench.test.platform.connection.collection<{ serialKey: string }>('repairs');
      const { matchedCount } = await repairs.updateOne({ number: repair.number }, { $set: { serialKey: 'PF\u20133X9K21' } });
      expect(matchedCount).to.equal(1);
      for (const serial of [SERIAL, 'PF\u20133X9K21']) expect((await ask(repair.number, serial)).status).to.equal(200);
    });

    it('when either half is wrong or unknown, then all answers are alike', async () => {
      const { device } = buildRepair();
      const other = await opened(bench, rosa, { device: { ...device, serialNumber: 'OTHER-1' } });
      const answers = [
        await ask(repair.number, 'OTHER-1'),
        await ask(other.number, SERIAL),
        await ask('REP-2026-999999', SERIAL),
        await ask('REP-2026-999999', 'unknown'),
      ];
      const told = answers.map(({ status, body: { requestId: _id, ...rest }, headers }) => ({
        status,
        rest,
        headers: [...headers.keys()].filter((name) => name !== 'x-request-id').sort(),
      }));
      for (const each of told) expect(each).to.deep.equal(told[0]);
      expect([told[0]?.status, told[0]?.rest.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
    });

    it('when a half is missing, too long, or an operator, then 422', async () => {
      const paths = ['', `?number=${repair.number}`, `?number[$ne]=x&serialNumber=${SERIAL}`, pathOf('x'.repeat(50), SERIAL)];
      for (const path of paths) expect((await bench.api.get(`/public/repairs/status${path}`)).status, path).to.equal(422);
    });

    it('when an address guesses on, then it waits, also with the right pair, until ten minutes have gone', async () => {
      const guesses = await Promise.all(Array.from({ length: 30 }, (_, index) => ask(`REP-2026-0001${index + 10}`, SERIAL)));
      expect(guesses.filter(({ status }) => status === 404)).to.have.length(20);
      const refused = await ask(repair.number, SERIAL);
      expect([refused.status, refused.body.code, Number(refused.headers.get('retry-after'))]).to.deep.equal([
        429,
        'TOO_MANY_ATTEMPTS',
        600,
      ]);
      bench.test.clock.advance(10 * 60_000);
      expect((await ask(repair.number, SERIAL)).status).to.equal(200);
    });

    it('when many ask for their own at once from one address, then all are answered', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(repair.number, SERIAL)));
      expect(answers.filter(({ status }) => status === 200)).to.have.length(50);
    });

    it('when somebody asks for their own again and again, then nothing slows them down', async () => {
      for (let n = 0; n < 70; n++) expect((await ask(repair.number, SERIAL)).status).to.equal(200);
    });
  });

  describe('GET /repair-status', () => {
    it('when a link was lengthened or mistyped, then people get a page in words, with what they typed', async () => {
      const { number } = await opened(bench, rosa);
      const get = (query: string) => bench.api.get(`/repair-status?${query}`, { root: true });
      const lengthened = await get(`number=${number}&serialNumber=PF-3X9K21&fbclid=x&utm_source=mail`);
      expect([lengthened.status, lengthened.text.includes(number)]).to.deep.equal([200, true]);
      const nonsense = await get(`number[$ne]=1&serialNumber=a`);
      expect([nonsense.status, nonsense.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
      const long = await get(`number=${'9'.repeat(400)}&serialNumber=%3Cb%3E`);
      expect([long.status, long.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8']);
      expect(long.text).to.contain('value="&lt;b&gt;"').and.contain('9'.repeat(100)).and.not.contain('9'.repeat(101));
    });

    it('when the address repeats a parameter, then the page asks for one and keeps what was typed', async () => {
      const get = (query: string) => bench.api.get(`/repair-status?${query}`, { root: true });
      const right = `number=${repair.number}&serialNumber=${SERIAL}`;
      for (const query of [
        `number=first&${right}`,
        `${right}&serialNumber=other&serialNumber=`,
        'number=first&number=2&serialNumber=%E8',
      ]) {
        const { status, headers, text } = await get(query);
        expect([status, headers.get('content-type')], query).to.deep.equal([422, 'text/html; charset=utf-8']);
        expect(text)
          .to.contain('Please enter one repair number')
          .and.match(/value="(?:first|REP-2026-000001)"/);
        expect(text).to.not.contain('Lenovo');
      }
      for (const query of [`number=+${repair.number}&${right}`, `number=&${right}&serialNumber=`]) {
        const { status, text } = await get(query);
        expect([status, text.includes('Lenovo ThinkPad T14')], query).to.deep.equal([200, true]);
      }
      const bytes = await get('number=%E8&serialNumber=%');
      expect([bytes.status, bytes.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8']);
      expect((await bench.api.get(`/public/repairs/status?number=first&${right}`)).status).to.equal(422);
    });

    it('when it is opened from a receipt, then people read the state in the language of the centre', async () => {
      await bench.settings({ locale: 'it', companyName: 'Riparazioni <Pisa>' });
      const { status, headers, text } = await page(repair.number, SERIAL);
      expect([status, headers.get('content-type'), headers.get('cache-control')]).to.deep.equal([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(text).to.contain('In attesa').and.contain('Lenovo ThinkPad T14').and.contain('6 marzo 2026').and.contain('&lt;Pisa&gt;');
      for (const secret of ['Rosa', 'Bianchi', 'blinks']) expect(text).to.not.contain(secret);
    });

    it('when the centre speaks English, then the day is written as in its mails', async () => {
      await bench.settings({ locale: 'en' });
      expect((await page(repair.number, SERIAL)).text).to.contain('>6 March 2026</dd>');
    });

    it('when a repair goes on, then a line shows how far it is, and at the end what to bring', async () => {
      await bench.settings({ locale: 'en', address: 'Via Roma 1\n41121 Modena', contactPhone: '+39 059 654321' });
      const current = async (): Promise<readonly string[]> => {
        const { text } = await page(repair.number, SERIAL);
        const past = [...text.matchAll(/<li class="past"><span>([^<]*)/g)].map(([, name = '']) => name);
        return [...past, /<li aria-current="step"><span>([^<]*)/.exec(text)?.[1] ?? 'none'];
      };
      expect(await current()).to.deep.equal(['Received']);
      const engineer = await bench.technician({ skills: ['HARDWARE'] });
      await bench.api.post(`/repairs/${repair.id}/take`, {}, engineer);
      expect(await current()).to.deep.equal(['Received', 'In repair']);
      await bench.api.post(`/repairs/${repair.id}/complete`, { description: 'New fan', amount: 0 }, engineer);
      await bench.api.post(`/repairs/${repair.id}/ready`, {}, bench.person('AGENT'));
      expect(await current()).to.deep.equal(['Received', 'In repair', 'Work finished', 'Ready for pickup']);
      const ready = (await page(repair.number, SERIAL)).text;
      expect(ready).to.contain('What to bring').and.contain('Via Roma 1').and.contain('+39 059 654321');
      await bench.api.post(`/repairs/${repair.id}/collect`, { collectedBy: 'Rosa' }, bench.person('AGENT'));
      expect((await current()).at(-1)).to.equal('Collected');
      expect((await page(repair.number, SERIAL)).text)
        .to.not.contain('What to bring')
        .and.not.contain('Rosa');
    });

    it('when it was canceled, then there is no line, and no day to wait for', async () => {
      await bench.settings({ locale: 'en' });
      await bench.api.patch(`/repairs/${repair.id}/status`, { status: 'CANCELED', reason: 'Bought a new one' }, bench.person('AGENT'));
      const { text } = await page(repair.number, SERIAL);
      expect(text).to.contain('This repair was canceled').and.not.contain('<ol').and.not.contain('6 March').and.not.contain('Bought');
    });

    it('when nothing or something wrong is asked, then there is a form, and what was typed is no markup', async () => {
      expect((await bench.api.get('/repair-status', { root: true })).text).to.contain('<form');
      const { status, text } = await page('"><script>x</script>', SERIAL);
      expect([status, text.includes('<script')]).to.deep.equal([404, false]);
    });

    it('when an address guesses on, then the page says so', async () => {
      for (let n = 0; n < 20; n++) await page('REP-2026-000777', SERIAL);
      const { status, headers } = await page(repair.number, SERIAL);
      expect([status, headers.get('retry-after')]).to.deep.equal([429, '600']);
    });
  });
});
