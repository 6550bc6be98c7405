import { expect } from 'chai';
import { hash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDropFolder } from '../src/invoice/fatturapa/file/outbox.js';
import { writeProgressive } from '../src/invoice/fatturapa/file/progressive.js';
import { keepFile } from '../src/invoice/fatturapa/keep-fatturapa.js';
import type { Person } from './bench.js';
import { buildInvoice, buildLine, ROSA, startFatturapaBench, type FatturapaBench } from './fatturapa.bench.js';

const nameIn = (headers: Headers): string => /filename="?([^";]+)/.exec(headers.get('content-disposition') ?? '')?.[1] ?? '';

describe('GET /invoices/:id/fatturapa.xml', () => {
  let bench: FatturapaBench;
  let agent: Person;
  beforeEach(async () => {
    bench = await startFatturapaBench();
    agent = bench.person('AGENT');
  });
  afterEach(() => bench.stop());

  const ask = (id: string, { token } = agent) => bench.api.get(`/invoices/${id}/fatturapa.xml`, { token });

  it('when it is asked for, then it is the file under its name, and the document names its bytes', async () => {
    const { id } = await bench.issue();
    const { status, headers, text } = await ask(id);
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('application/xml');
    expect(nameIn(headers)).to.equal('IT00743110157_R0001.xml');
    expect(text).to.include('<ProgressivoInvio>R0001</ProgressivoInvio>').and.include('<Numero>A-2026-000001</Numero>');
    const kept = (await bench.invoices.in('default').find(id))?.fatturapa;
    expect(kept).to.include({ fileName: 'IT00743110157_R0001.xml', progressive: 'R0001', sha256: hash('sha256', Buffer.from(text)) });
    expect(await bench.files.findLoose(new Date('2100-01-01'), 9)).to.deep.equal([]);
  });

  it('when it is asked for years later, then it is the same', async () => {
    const { id } = await bench.issue();
    const before = await ask(id);
    bench.clock.advance(5 * 365 * 86_400_000);
    const after = await ask(id, bench.person('AGENT'));
    expect([after.text, nameIn(after.headers)]).to.deep.equal([before.text, nameIn(before.headers)]);
  });

  it('when several ask at once, then all get the same file', async () => {
    const { id } = await bench.issue();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(id)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    expect(await bench.files.findLoose(new Date('2100-01-01'), 9)).to.deep.equal([]);
  });

  it('when two documents are made, then their names differ, and another company counts for itself', async () => {
    const one = await bench.issue();
    const other = await bench.issue({}, { number: 'A-2026-000002' });
    expect(nameIn((await ask(one.id)).headers)).not.to.equal(nameIn((await ask(other.id)).headers));
    const theirs = await bench.invoices.in('other').insert(buildInvoice());
    const { headers } = await ask(theirs.id, bench.person('AGENT', { tenantId: 'other' }));
    expect(nameIn(headers)).to.equal('IT00743110157_R0001.xml');
  });

  it('when a customer asks, then it is that of the own account, and 404 for one of somebody else', async () => {
    const { id, customerId } = await bench.issue();
    const own = bench.person('CUSTOMER_USER', { customerId });
    expect((await ask(id, own)).status).to.equal(200);
    const { status, body } = await ask(id, bench.person('CUSTOMER_USER'));
    expect([status, body.code]).to.deep.equal([404, 'INVOICE_NOT_FOUND']);
  });

  it('when a technician asks, then 403', async () => {
    expect((await ask((await bench.issue()).id, bench.person('TECH'))).status).to.equal(403);
  });

  it('when there is no such document, then 404', async () => {
    expect((await ask(randomUUID())).status).to.equal(404);
    const { id } = await bench.invoices.in('other').insert(buildInvoice());
    expect((await ask(id)).status).to.equal(404);
  });

  it('when it is a receipt or takes one back, then 409 FATTURAPA_NOT_FOR_RECEIPTS', async () => {
    const credits = { invoiceId: randomUUID(), number: 'AR-2026-000001', kind: 'RECEIPT', issuedOn: '2026-03-01', reason: 'R' } as const;
    for (const content of [{ kind: 'RECEIPT' } as const, { kind: 'CREDIT_NOTE', credits } as const]) {
      const { status, body } = await ask((await bench.issue(content)).id);
      expect([status, body.code]).to.deep.equal([409, 'FATTURAPA_NOT_FOR_RECEIPTS']);
    }
  });

  it('when it would be refused, then 409 FATTURAPA_FAULTY with every fault, and no number is used up', async () => {
    const faulty = await bench.issue({
      buyer: { ...ROSA, fiscalCode: undefined, billingAddress: undefined },
      lines: [buildLine({ vatRate: 0 })],
    });
    const { status, body } = await ask(faulty.id);
    expect([status, body.code]).to.deep.equal([409, 'FATTURAPA_FAULTY']);
    expect((body.faults as readonly { readonly code: string }[]).map(({ code }) => code)).to.deep.equal([
      '00200',
      '00417',
      '00400',
      '00429',
    ]);
    expect(nameIn((await ask((await bench.issue()).id)).headers)).to.equal('IT00743110157_R0001.xml');
  });

  it('when it is of tomorrow, then 409 until that day begins in Italy', async () => {
    const { id } = await bench.issue({ issuedOn: '2026-03-03' });
    expect((await ask(id)).status).to.equal(409);
    bench.clock.advance(14 * 3_600_000);
    expect((await ask(id, bench.person('AGENT'))).status).to.equal(200);
  });
});

describe('POST /invoices/:id/fatturapa/drop', () => {
  let dir: string;
  let bench: FatturapaBench;
  let agent: Person;
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'riparo-drop-')), 'out');
    bench = await startFatturapaBench({ dropDir: dir });
    agent = bench.person('AGENT');
  });
  afterEach(async () => {
    await bench.stop();
    await rm(join(dir, '..'), { recursive: true });
  });

  const drop = (id: string, { token } = agent) => bench.api.post(`/invoices/${id}/fatturapa/drop`, undefined, { token });

  it('when it is dropped, then the file lies in the folder, whole and for nobody else', async () => {
    const { id } = await bench.issue();
    const { status, body } = await drop(id);
    expect(status).to.equal(200);
    expect(body.data).to.include({ fileName: 'IT00743110157_R0001.xml', progressive: 'R0001', droppedAt: '2026-03-02T09:00:00.000Z' });
    expect(await readdir(dir)).to.deep.equal(['IT00743110157_R0001.xml']);
    const bytes = await readFile(join(dir, 'IT00743110157_R0001.xml'));
    expect(hash('sha256', bytes)).to.equal(body.data.sha256);
    expect((await bench.api.get(`/invoices/${id}/fatturapa.xml`, { token: agent.token })).text).to.equal(bytes.toString());
  });

  it('when it is dropped again after it was taken, then nothing is there and the answer is the same', async () => {
    const { id } = await bench.issue();
    const { body: before } = await drop(id);
    await rm(join(dir, 'IT00743110157_R0001.xml'));
    bench.clock.advance(60_000);
    const { status, body } = await drop(id);
    expect([status, body.data]).to.deep.equal([200, before.data]);
    expect(await readdir(dir)).to.deep.equal([]);
  });

  it('when it would be refused, then 409 and the folder stays as it is', async () => {
    const { status, body } = await drop((await bench.issue({ buyer: { ...ROSA, fiscalCode: undefined } })).id);
    expect([status, body.code]).to.deep.equal([409, 'FATTURAPA_FAULTY']);
    expect(await readdir(join(dir, '..'))).to.deep.equal([]);
  });

  it('when a customer drops, then 403, and for a document of nobody 404', async () => {
    const { id, customerId } = await bench.issue();
    expect((await drop(id, bench.person('CUSTOMER_ADMIN', { customerId }))).status).to.equal(403);
    expect((await drop(randomUUID())).status).to.equal(404);
  });

  it('when no folder is set up, then 409 FATTURAPA_DROP_OFF', async () => {
    const without = await startFatturapaBench();
    try {
      const { id } = await without.issue();
      const { status, body } = await without.api.post(`/invoices/${id}/fatturapa/drop`, undefined, {
        token: without.person('AGENT').token,
      });
      expect([status, body.code]).to.deep.equal([409, 'FATTURAPA_DROP_OFF']);
    } finally {
      await without.stop();
    }
  });

  it('when a file is handed over twice, then it is there once; another one of its name is refused', async () => {
    const outbox = createDropFolder(dir);
    const file = { fileName: 'IT1_A.xml', bytes: Buffer.from('<a/>') };
    await Promise.all([outbox.drop(file), outbox.drop(file)]);
    await outbox.drop(file);
    expect(await readdir(dir)).to.deep.equal(['IT1_A.xml']);
    const refused = await outbox.drop({ ...file, bytes: Buffer.from('<b/>') }).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    expect(refused).to.include('another content');
    expect((await readFile(join(dir, 'IT1_A.xml'))).toString()).to.equal('<a/>');
  });

  it('when the folder cannot be written to, then no half file is left', async () => {
    await writeFile(dir, 'a file, not a folder');
    const refused = await createDropFolder(dir)
      .drop({ fileName: 'IT1_A.xml', bytes: Buffer.from('<a/>') })
      .then(
        () => undefined,
        (error: unknown) => String(error),
      );
    expect(refused).to.include('EEXIST');
  });
});

describe('names of electronic invoices', () => {
  for (const [count, written] of [
    [1, 'R0001'],
    [35, 'R000Z'],
    [36, 'R0010'],
    [36 ** 4, 'S0000'],
    [15_116_543, 'ZZZZZ'],
  ] as const)
    it(`when it is file number ${count}, then it is ${written}`, () => {
      expect(writeProgressive(count)).to.equal(written);
    });

  it('when the names are used up, then no other is made', () => {
    expect(() => writeProgressive(15_116_544)).to.throw('15116543');
    expect(() => writeProgressive(0)).to.throw();
  });

  it('when a document names a file, then it keeps that one', () => {
    const file = { fileId: 'a', sha256: '1', progressive: 'R0001', fileName: 'IT1_R0001.xml' };
    const { state } = keepFile(buildInvoice(), file);
    const invoice = { ...buildInvoice(), ...state };
    expect(keepFile(invoice, { ...file, fileId: 'b' }).state).to.equal(invoice);
    expect(keepFile(invoice, file).state).to.equal(invoice);
    const droppedAt = new Date(1);
    const dropped = { ...invoice, ...keepFile(invoice, { ...file, droppedAt }).state };
    expect(dropped.fatturapa?.droppedAt).to.equal(droppedAt);
    expect(keepFile(dropped, { ...file, droppedAt: new Date(2) }).state).to.equal(dropped);
  });
});
