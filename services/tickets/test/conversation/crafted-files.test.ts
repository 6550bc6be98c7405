import { crc32, deflateSync } from 'node:zlib';
import { expect } from 'chai';
import sharp from 'sharp';
import { buildHeic } from '@riparo/shared/testing/heic';
import { startBench, type Bench, type Person } from '../bench.js';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of one grey that claims this size; its pixels take a thousandth of what they unfold to. */
const png = (side: number, rows: number, ...more: readonly Buffer[]): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(Buffer.alloc((side + 1) * rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const heic = (): Buffer => buildHeic({ width: 64, height: 48, colourOf: () => [120, 128, 128] });
/** The second box of a HEIC, which describes its pictures, says that it is of this size. */
const heicWithBox = (size: number): Buffer => {
  const bytes = Buffer.from(heic());
  bytes.writeUInt32BE(size, bytes.readUInt32BE(0));
  return bytes;
};
const SCRIPT = '<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>';
const pdf = Buffer.from(`%PDF-1.7\n1 0 obj${SCRIPT}endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

describe('files that were made to do harm', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench();
    rosa = await bench.customer();
  });
  afterEach(() => bench.stop());

  const send = (bytes: Buffer, name = 'file') => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return bench.api.request('POST', '/attachments', form, { token: rosa.token });
  };
  const load = (id: string) => fetch(`${bench.baseUrl}/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${rosa.token}` } });

  const REFUSED: readonly (readonly [string, () => Buffer, number, string])[] = [
    ['a PNG of 30,000 by 30,000', () => png(30_000, 10), 413, 'PHOTO_TOO_MANY_PIXELS'],
    ['a PNG with fewer pixels than it says', () => png(2_000, 3), 422, 'VALIDATION_FAILED'],
    ['a HEIC with a box longer than the file', () => heicWithBox(0xffffffff), 422, 'VALIDATION_FAILED'],
    ['a HEIC with a box of 1 byte', () => heicWithBox(1), 422, 'VALIDATION_FAILED'],
    ['a HEIC with a box of 7 bytes', () => heicWithBox(7), 422, 'VALIDATION_FAILED'],
    ['a HEIC and nothing more than its type', () => heic().subarray(0, 24), 422, 'VALIDATION_FAILED'],
    ['an SVG that begins as XML', () => Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>'), 415, 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
  ];
  for (const [what, bytes, status, code] of REFUSED)
    it(`when it is ${what}, then ${status} ${code}`, async () => {
      const answer = await send(bytes());
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
    });

  it('when a text of a picture would unfold to 200 MB, then the picture is kept without it', async () => {
    const text = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(200_000_000))]);
    const before = process.memoryUsage.rss();
    const { status, body } = await send(png(8, 8, chunk('zTXt', text)));
    expect(status).to.equal(201);
    const kept = Buffer.from(await (await load(body.data.id)).arrayBuffer());
    expect(await sharp(kept).metadata()).to.include({ width: 8, height: 8 });
    expect(kept.length).to.be.below(1_000);
    expect(process.memoryUsage.rss() - before).to.be.below(600 * 1024 * 1024);
  });

  it('when a PDF has a script in it, then it is served to be saved, in a sandbox, as what it is', async () => {
    const { body } = await send(pdf, 'invoice.pdf');
    const { headers } = await load(body.data.id);
    expect(Object.fromEntries(headers)).to.include({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename=invoice.pdf',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  const NAMES: readonly (readonly [string, string, string])[] = [
    ['turns the reading direction', 'invoice\u202Efdp.exe', 'invoicefdp.pdf'],
    ['has a path', '../../etc/passwd', 'passwd.pdf'],
    ["has a path of Windows'", 'C:\\Windows\\a.exe', 'a.pdf'],
    ['ends early', 'a.exe\0.pdf', 'a.exe.pdf'],
    ['begins a header', 'a\r\nSet-Cookie: b=c.pdf', 'aSet-Cookie b=c.pdf'],
    ['closes its quotes', 'a"; filename="b.exe', 'a; filename=b.pdf'],
    ['is one dot after the other', '....', 'file.pdf'],
    ['is very long', `${'a'.repeat(5_000)}.pdf`, `${'a'.repeat(120)}.pdf`],
  ];
  for (const [what, given, shown] of NAMES)
    it(`when its name ${what}, then it is shown and served as one that does not`, async () => {
      // FormData writes line ends and quotes of names as %0D%0A and %22, so this body is written by hand.
      const head = `--x\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8''${encodeURIComponent(given)}\r\n\r\n`;
      const raw = Buffer.concat([Buffer.from(head), pdf, Buffer.from('\r\n--x--\r\n')]);
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      const { status, body } = await bench.api.request('POST', '/attachments', new Uint8Array(raw), { token: rosa.token, headers });
      expect([status, body.data.name]).to.deep.equal([201, shown]);
      const served = await load(body.data.id);
      expect(served.headers.get('set-cookie')).to.equal(null);
      expect(served.headers.get('content-disposition'))
        .to.match(/^attachment; /)
        .and.not.match(/\.exe(?!\.)|[/\\\u202E]/);
    });
});
