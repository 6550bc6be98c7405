import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { buildHeic } from '@riparo/shared/testing/heic';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { DAY_MS } from '@riparo/shared/time/units';
import { createAttachmentFiles, createAttachments } from '../../src/conversation/attachment/attachment.repository.js';
import { tendAttachments } from '../../src/conversation/attachment/tend-attachments.js';
import { repairAttachments } from '../../src/repair/repair-attachments.js';
import { ticketAttachments } from '../../src/ticket/ticket-attachments.js';
import { createRepairs } from '../../src/repair/repair.repository.js';
import { createTickets } from '../../src/ticket/ticket.repository.js';
import { workReportAttachments } from '../../src/work-report/attachments.js';
import { createWorkReports } from '../../src/work-report/work-report.repository.js';
import { startBench, type ActivityView, type Bench, type Person } from '../bench.js';

const picture = (width = 8, height = 8) => sharp({ create: { width, height, channels: 3, background: '#2244cc' } });
const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const heic = (): Buffer => buildHeic({ width: 640, height: 480, colourOf: () => [120, 128, 128] });

describe('attachments', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench();
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const send = (by: Person, bytes: Buffer = PDF, name = 'report.pdf', headers: Record<string, string> = {}) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return bench.api.request('POST', '/attachments', form, { token: by.token, headers });
  };
  const upload = async (by: Person, bytes?: Buffer): Promise<string> => (await send(by, bytes)).body.data.id;
  const load = async (by: Person, id: string, query = '') => {
    const response = await fetch(`${bench.baseUrl}/api/v1/attachments/${id}${query}`, { headers: { authorization: `Bearer ${by.token}` } });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const say = (by: Person, ticketId: string, attachmentIds: readonly string[], path = 'reply') =>
    bench.api.post<ActivityView>(`/tickets/${ticketId}/${path}`, { body: 'See the file.', attachmentIds }, by);
  const filesIn = async (by: Person, ticketId: string) =>
    (await bench.read(by, ticketId)).activities.flatMap(({ attachments = [] }) => attachments as { id: string; name: string }[]);

  describe('POST /attachments', () => {
    it('when a photo is sent, then it is kept without its metadata, with a thumbnail and a name to show', async () => {
      const original = await picture(800, 600)
        .withExif({ IFD0: { Copyright: 'A secret place' }, IFD3: { GPSLatitude: '43/1 33/1 0/1' } })
        .jpeg()
        .toBuffer();
      const { status, body, headers } = await send(rosa, original, '../../etc/È rotto.svg');
      expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/attachments/${body.data.id}`]);
      expect(body.data).to.include({ name: 'È rotto.jpg', contentType: 'image/jpeg', width: 800, height: 600 });
      const full = await load(rosa, body.data.id);
      expect(await sharp(full.bytes).metadata())
        .to.include({ width: 800 })
        .and.not.have.any.keys('exif', 'xmp');
      expect(full.bytes.includes('A secret place')).to.equal(false);
      expect(full.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(full.headers.get('content-disposition')).to.equal(`inline; filename="? rotto.jpg"; filename*=UTF-8''%C3%88%20rotto.jpg`);
      expect(await sharp((await load(rosa, body.data.id, '?size=thumb')).bytes).metadata()).to.include({ width: 320, format: 'webp' });
    });

    it('when a PDF is sent, then it comes back as it was, to be saved', async () => {
      const { body } = await send(rosa, PDF, 'invoice');
      expect(body.data).to.include({ name: 'invoice.pdf', contentType: 'application/pdf', byteCount: PDF.length });
      const { bytes, headers } = await load(rosa, body.data.id);
      expect(bytes.equals(PDF)).to.equal(true);
      expect(headers.get('content-type')).to.equal('application/pdf');
      expect(headers.get('content-disposition')).to.equal('attachment; filename=invoice.pdf');
    });

    it('when a HEIC photo is sent, then it is kept as a JPEG that every browser shows, with a thumbnail', async () => {
      const { status, body } = await send(rosa, heic(), 'IMG_1.HEIC');
      expect(status).to.equal(201);
      expect(body.data).to.include({ name: 'IMG_1.jpg', contentType: 'image/jpeg', width: 640, height: 480 });
      const [full, thumb] = [await load(rosa, body.data.id), await load(rosa, body.data.id, '?size=thumb')];
      expect(await sharp(full.bytes).metadata()).to.include({ format: 'jpeg', width: 640 });
      expect(await sharp(thumb.bytes).metadata()).to.include({ format: 'webp', width: 320 });
    });

    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const zipEnd = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
    const refused: readonly [string, () => Promise<Buffer> | Buffer, number, string][] = [
      ['SVG', () => Buffer.from(svg), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['HTML', () => Buffer.from('<!doctype html><script>1</script>'), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['GIF', () => picture().gif().toBuffer(), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['nothing', () => Buffer.alloc(0), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['a PDF with a page in its head', () => Buffer.from(`%PDF-1.4\n${svg}\n%%EOF`), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['a PDF without an end', () => Buffer.from('%PDF-1.4\nand then'), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['a PDF that is an archive too', () => Buffer.concat([PDF, zipEnd]), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
      ['a HEIC that breaks off', () => heic().subarray(0, 700), 422, 'VALIDATION_FAILED'],
      ['a JPEG that breaks off', async () => (await picture(80, 80).jpeg().toBuffer()).subarray(0, 300), 422, 'VALIDATION_FAILED'],
      ['more than 20 MiB', () => Buffer.alloc(20 * 1024 * 1024 + 1, 0xff), 413, 'PAYLOAD_TOO_LARGE'],
    ];
    for (const [what, bytes, status, code] of refused) {
      it(`when it is ${what}, then ${status} ${code}`, async () => {
        const answer = await send(rosa, await bytes());
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      });
    }

    it('when something hides behind a picture, then it is not kept', async () => {
      const id = await upload(rosa, Buffer.concat([await picture().png().toBuffer(), Buffer.from(svg)]));
      expect((await load(rosa, id)).bytes.includes('<script>')).to.equal(false);
    });

    it('when it is repeated with its Idempotency-Key, then there is one', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [first, again] = [await send(rosa, PDF, 'a.pdf', headers), await send(rosa, PDF, 'a.pdf', headers)];
      expect(again.body.data.id).to.equal(first.body.data.id);
    });
  });

  it('when somebody sends more than their share of a day, then 429, also when all at once', async () => {
    await bench.stop();
    bench = await startBench({ env: { ATTACHMENT_DAILY_MIB: '20' } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const large = Buffer.concat([PDF, Buffer.alloc(7 * 1024 * 1024, ' '), PDF]);
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(rosa, large)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 201, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).to.equal('ATTACHMENT_QUOTA_EXCEEDED');
    expect(Number(refused?.headers.get('retry-after'))).to.be.greaterThan(0);
    expect((await send(agent)).status).to.equal(201);
    bench.test.clock.advance(DAY_MS);
    expect((await send({ ...rosa, token: bench.test.tokenFor(rosa.caller) }, large)).status).to.equal(201);
  });

  describe('in entries', () => {
    it('when a ticket is opened with files, then its timeline shows them to the customer', async () => {
      const id = await upload(rosa);
      const ticket = await bench.open(rosa, { attachmentIds: [id] });
      const entry = (await bench.read(rosa, ticket.id)).activities.find(({ type }) => type === 'ATTACHMENT');
      expect(entry?.attachments).to.deep.equal([{ id, name: 'report.pdf', contentType: 'application/pdf', byteCount: PDF.length }]);
      expect((await load(agent, id)).status).to.equal(200);
    });

    it('when a reply brings files, then whoever sees the ticket sees them, and nobody else', async () => {
      const elena = await bench.technician();
      const { id: ticketId } = await bench.open(rosa);
      const marco = await bench.technician();
      const [colleague, stranger] = [bench.person('CUSTOMER_ADMIN', { customerId: rosa.customer.id }), await bench.customer()];
      const id = await upload(rosa);
      for (const other of [colleague, stranger, agent, elena]) expect((await load(other, id)).status).to.equal(404);
      const { status, body } = await say(rosa, ticketId, [id]);
      expect([status, (body.data.attachments as { id: string }[])[0]?.id]).to.deep.equal([201, id]);
      expect((await filesIn(colleague, ticketId)).map((file) => file.id)).to.deep.equal([id]);
      for (const other of [rosa, colleague, agent, elena]) expect((await load(other, id)).status).to.equal(200);
      for (const other of [stranger, marco]) expect((await load(other, id)).status).to.equal(404);
    });

    it('when an internal note brings files, then they do not exist for customers', async () => {
      const { id: ticketId } = await bench.open(rosa);
      const [hidden, shown] = [await upload(agent), await upload(agent)];
      expect((await say(agent, ticketId, [hidden], 'notes')).status).to.equal(201);
      await bench.api.post(`/tickets/${ticketId}/notes`, { body: 'Look', isInternal: false, attachmentIds: [shown] }, agent);
      expect((await filesIn(rosa, ticketId)).map(({ id }) => id)).to.deep.equal([shown]);
      expect([(await load(rosa, hidden)).status, (await load(rosa, shown)).status]).to.deep.equal([404, 200]);
      expect((await load(bench.person('ADMIN'), hidden)).status).to.equal(200);
      expect(JSON.stringify(await bench.events())).not.to.include(hidden);
    });

    it("when files are unknown, somebody else's or used, then 422 names each, and the others stay free", async () => {
      const { id: ticketId } = await bench.open(rosa);
      const [mine, used, theirs] = [await upload(rosa), await upload(rosa), await upload(agent)];
      await say(rosa, ticketId, [used]);
      const { status, body } = await say(rosa, ticketId, [mine, used, theirs, randomUUID()]);
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.deep.equal(['attachmentIds.1', 'attachmentIds.2', 'attachmentIds.3']);
      expect((await say(rosa, ticketId, [mine])).status).to.equal(201);
      expect((await say(rosa, ticketId, [mine, mine])).status).to.equal(422);
      const many = Array.from({ length: 11 }, () => randomUUID());
      expect((await say(rosa, ticketId, many)).body.errors.map(({ path }) => path)).to.deep.equal(['attachmentIds']);
    });

    it('when two entries want the same files at once, then one gets them all', async () => {
      const [first, second] = [await bench.open(rosa), await bench.open(rosa)];
      for (let round = 0; round < 5; round++) {
        const [a, b] = [await upload(rosa), await upload(rosa)];
        const answers = await Promise.all([say(rosa, first.id, [a, b]), say(rosa, second.id, [b, a])]);
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 422]);
        const holders = [...(await filesIn(rosa, first.id)), ...(await filesIn(rosa, second.id))].filter(({ id }) => id === a || id === b);
        expect(holders).to.have.length(2);
      }
    });

    it('when the entry is refused, then the files are free again', async () => {
      const { id: ticketId } = await bench.open(rosa);
      await bench.api.patch(`/tickets/${ticketId}/status`, { status: 'CLOSED' }, rosa);
      const id = await upload(rosa);
      expect((await say(rosa, ticketId, [id])).body.code).to.equal('TICKET_CLOSED');
      expect((await say(rosa, randomUUID(), [id])).status).to.equal(404);
      expect((await bench.open(rosa, { attachmentIds: [id] })).id).to.be.a('string');
    });

    it('when a reply is repeated with its Idempotency-Key, then its files are in it once', async () => {
      const { id: ticketId } = await bench.open(rosa);
      const body = { body: 'See the file.', attachmentIds: [await upload(rosa)] };
      const options = { ...rosa, headers: { 'idempotency-key': randomUUID() } };
      for (let times = 0; times < 2; times++)
        expect((await bench.api.post(`/tickets/${ticketId}/reply`, body, options)).status).to.equal(201);
      expect(await filesIn(rosa, ticketId)).to.have.length(1);
    });
  });

  it('when a free file is deleted, then it is gone, and nothing else can be', async () => {
    const { id: ticketId } = await bench.open(rosa);
    const [free, used] = [await upload(rosa), await upload(rosa)];
    await say(rosa, ticketId, [used]);
    const del = (by: Person, id: string) => bench.api.delete(`/attachments/${id}`, by);
    expect((await del(agent, free)).body.code).to.equal('ATTACHMENT_NOT_FOUND');
    expect((await del(rosa, used)).body.code).to.equal('ATTACHMENT_IN_USE');
    expect((await del(rosa, free)).status).to.equal(204);
    expect((await load(rosa, free)).status).to.equal(404);
    expect((await say(rosa, ticketId, [free])).status).to.equal(422);
    expect((await bench.api.get(`/attachments/${used}`)).status).to.equal(401);
  });

  describe('the job that tends them', () => {
    const tend = async () => {
      const { platform, clock } = bench.test;
      const everywhere = createAcrossTenants(platform, 'attachments');
      const [attachments, files] = [createAttachments(platform), createAttachmentFiles(platform)];
      await tendAttachments({
        subjects: {
          TICKET: ticketAttachments(createTickets(platform)),
          REPAIR: repairAttachments(createRepairs(platform)),
          WORK_REPORT: workReportAttachments(createWorkReports(platform), {
            tickets: createTickets(platform),
            repairs: createRepairs(platform),
          }),
        },
        attachments,
        files,
        everywhere,
        clock,
      })();
    };
    const records = () => createAttachments(bench.test.platform).in('default');
    const rosaLater = () => ({ ...rosa, token: bench.test.tokenFor(rosa.caller) });

    it('when nobody has attached a file within a day, then it is removed, and nothing else is', async () => {
      const { id: ticketId } = await bench.open(rosa);
      const [free, used] = [await upload(rosa), await upload(rosa)];
      await say(rosa, ticketId, [used]);
      await tend();
      expect((await load(rosa, free)).status).to.equal(200);
      bench.test.clock.advance(DAY_MS + 1);
      await tend();
      expect([(await load(rosaLater(), free)).status, (await load(rosaLater(), used)).status]).to.deep.equal([404, 200]);
      expect(await createAttachmentFiles(bench.test.platform).findLoose(new Date('2100-01-01'), 10)).to.deep.equal([]);
    });

    it('when a request died before its entry was written, then the file is free again', async () => {
      const { id: ticketId } = await bench.open(rosa);
      const id = await upload(rosa);
      const subject = { type: 'TICKET' as const, id: ticketId, activityId: randomUUID(), isInternal: false };
      await records().update(id, (before) => ({ state: { ...before, subject, pendingSince: bench.test.clock.now() } }));
      expect((await load(agent, id)).status).to.equal(404);
      expect((await say(rosa, ticketId, [id])).status).to.equal(422);
      bench.test.clock.advance(3_600_001);
      await tend();
      expect((await say(rosaLater(), ticketId, [id])).status).to.equal(201);
    });

    it('when a request died after its entry was written, then the entry keeps the file for good', async () => {
      const { id: ticketId } = await bench.open(rosa);
      const id = await upload(rosa);
      await say(rosa, ticketId, [id]);
      await records().update(id, (before) => ({ state: { ...before, pendingSince: bench.test.clock.now() } }));
      await createAttachmentFiles(bench.test.platform).loosen('default', id);
      expect((await load(agent, id)).status).to.equal(200);
      bench.test.clock.advance(DAY_MS + 1);
      await tend();
      expect((await records().find(id))?.pendingSince).to.equal(undefined);
      expect((await load(rosaLater(), id)).status).to.equal(200);
      expect(await createAttachmentFiles(bench.test.platform).findLoose(new Date('2100-01-01'), 10)).to.deep.equal([]);
    });
  });
});
