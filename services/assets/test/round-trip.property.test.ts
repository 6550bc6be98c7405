import { expect } from 'chai';
import fc from 'fast-check';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Report {
  readonly rows: readonly { readonly outcome: string; readonly errors?: unknown }[];
  readonly unchanged: number;
}

/** Texts that tables, spreadsheets and searches stumble over; what the API does not accept is left out. */
const SNIPPETS = [
  '=',
  '+',
  '-',
  '@',
  ';',
  ',',
  '"',
  "'",
  '\\',
  'a',
  'B',
  '1',
  ' ',
  'è',
  'Ł',
  '漢',
  'ع',
  '🖥️',
  '\u00a0',
  '|',
  '/',
  '#',
  '<b>',
  '＝',
];
const text = fc.array(fc.constantFrom(...SNIPPETS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
const lines = fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n'));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const day = fc.constantFrom('2020-02-29', '2024-12-31', '2026-01-01');

const device = fc.record({
  friendlyName: text,
  category: fc.constantFrom('LAPTOP', 'PRINTER', 'OTHER'),
  brand: text,
  model: text,
  serialNumber: text,
  primaryUser: maybe(text),
  os: maybe(text),
  warrantyEndDate: maybe(day),
  tags: fc.uniqueArray(text, { maxLength: 4 }),
  notes: maybe(lines),
  location: fc.constantFrom(0, 1, 2),
  isRetired: fc.boolean(),
});

describe('devices, exported and imported again', () => {
  let bench: Bench;
  let rossi: Somebody;
  let locations: readonly string[];
  before(async () => {
    bench = await startBench();
    rossi = await bench.customer();
    // Two with one name: what an export says of a location must do for both.
    locations = [
      await bench.location(rossi, { name: 'Home' }),
      await bench.location(rossi, { name: 'Home' }),
      await bench.location(rossi, { name: '=Shop; "A"' }),
    ];
  });
  after(() => bench.stop());

  const post = <T>(path: string, body: object) => bench.api.post<T>(path, body, { token: rossi.token });
  const exported = async (): Promise<string> => {
    const response = await fetch(`${bench.url}/api/v1/assets/export`, { headers: { authorization: `Bearer ${rossi.token}` } });
    return response.text();
  };

  it('when any devices that the API accepts come in again, retired ones too, then nothing changes', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(device, { minLength: 1, maxLength: 4 }), async (devices) => {
        for (const { isRetired, location, ...fields } of devices) {
          const made = await post<{ id: string }>('/assets', { ...fields, locationId: locations[location] });
          if (made.status !== 201) continue;
          accepted++;
          if (isRetired) await bench.api.delete(`/assets/${made.body.data.id}`, { token: rossi.token });
        }
        const { body } = await post<Report>('/assets/import', { csv: await exported() });
        expect(body.data.rows.filter(({ outcome }) => outcome !== 'UNCHANGED')).to.deep.equal([]);
      }),
      { numRuns: 25 },
    );
    expect(accepted).to.be.greaterThan(20);
  });

  it('when rows are of another customer or an unknown retired device, then they are refused', async () => {
    const verdi = await bench.customer();
    await bench.location(verdi, { name: 'Home' });
    const [names = '', row = ''] = (await exported()).split('\r\n');
    const refused = await bench.api.post<Report>('/assets/import', { csv: `${names}\r\n${row}\r\n` }, { token: verdi.token });
    expect(JSON.stringify(refused.body.data.rows[0]?.errors)).to.contain('customerId');
    const csv = 'friendlyName,category,brand,model,serialNumber,status\nOld,LAPTOP,Dell,X,OLD-1,RETIRED\n';
    const old = await bench.api.post<Report>('/assets/import', { csv }, { token: verdi.token });
    expect(JSON.stringify(old.body.data.rows[0]?.errors)).to.contain('status');
  });

  it('when a spreadsheet leaves columns without a name, then they are read past', async () => {
    const csv = 'friendlyName,category,brand,model,serialNumber,,\nNew,LAPTOP,Dell,X,NEW-1,,\n';
    const { status, body } = await post<Report>('/assets/import', { csv });
    expect([status, body.data.rows[0]?.outcome]).to.deep.equal([200, 'CREATED']);
  });
});
