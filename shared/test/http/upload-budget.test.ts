import { request, type ClientRequest } from 'node:http';
import { expect } from 'chai';
import { ok } from '../../src/http/reply.js';
import { action } from '../../src/http/route.js';
import { eventually } from '../../src/testing/eventually.js';
import { startDemo, type Demo } from './demo-app.js';

const HEAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n';
const TAIL = '\r\n--b--\r\n';
const bodyOf = (size: number): string => `${HEAD}${'x'.repeat(size)}${TAIL}`;

describe('uploads that are under way', () => {
  let demo: Demo;
  let finish: (() => void) | undefined;
  const routes = ['/files', '/photos'].map((path) =>
    action(path, 'signed-in', 'A file', {}, ({ file }) => Promise.resolve(ok({ id: 'file', size: file?.bytes.length })), {
      upload: { field: 'file', maxBytes: 20_000 },
    }),
  );
  const slow = action('/slow', 'signed-in', 'Slow', {}, () => new Promise((resolve) => (finish = () => resolve(ok({ id: 'slow' })))), {
    upload: { field: 'file', maxBytes: 20_000 },
  });
  beforeEach(async () => {
    demo = await startDemo({ routes: [...routes, slow], app: { uploadLimits: { perPerson: 30_000, perProcess: 50_000 } } });
  });
  afterEach(() => demo.stop());

  const person = (): string => demo.tokens.tokenFor({ role: 'ADMIN' });
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' });

  /** Begins an upload of 20,000 bytes and sends only a part; with or without its length. */
  const begin = (token: string, sent: number, declared: boolean, path = '/files'): ClientRequest => {
    const length = declared ? { 'content-length': String(bodyOf(20_000).length) } : {};
    const asked = request(`${demo.url}/api/v1${path}`, { method: 'POST', headers: { ...headersOf(token), ...length } });
    asked.on('error', () => asked.destroy());
    asked.write(bodyOf(sent).slice(0, -TAIL.length));
    return asked;
  };
  const upload = async (token: string, size: number, path = '/files') => {
    const answer = await fetch(`${demo.url}/api/v1${path}`, { method: 'POST', headers: headersOf(token), body: bodyOf(size) });
    const body = (await answer.json()) as { code?: string; data?: { size: number } };
    return { status: answer.status, code: body.code, size: body.data?.size, retryAfter: answer.headers.get('retry-after') };
  };
  const refused = (token: string, code: string, path?: string) =>
    eventually(async () => {
      const answer = await upload(token, 15_000, path);
      return answer.code === code && answer;
    });
  const taken = (token: string) => eventually(async () => (await upload(token, 15_000)).status === 200);

  it('when one person has much under way, then 429 with Retry-After until the client goes away', async () => {
    const ada = person();
    const open = begin(ada, 10, true);
    expect(await refused(ada, 'TOO_MANY_UPLOADS')).to.include({ status: 429, retryAfter: '5' });
    expect(await refused(ada, 'TOO_MANY_UPLOADS', '/photos')).to.include({ status: 429 });
    expect(await upload(person(), 15_000)).to.include({ status: 200, size: 15_000 });
    open.destroy();
    await taken(ada);
  });

  it('when the process has much under way, then 503 with Retry-After until there is room', async () => {
    const open = [begin(person(), 10, true), begin(person(), 10, true, '/photos')];
    expect(await refused(person(), 'UPLOADS_FULL')).to.include({ status: 503, retryAfter: '5' });
    for (const one of open) one.destroy();
    await taken(person());
  });

  it('when no length is declared, then the bytes are charged as they come', async () => {
    const ada = person();
    const open = begin(ada, 19_000, false);
    expect(await refused(ada, 'TOO_MANY_UPLOADS')).to.include({ status: 429 });
    open.destroy();
    await taken(ada);
  });

  it('when bytes without a declared length find no room, then they are refused and nothing stays charged', async () => {
    const ada = person();
    const first = begin(ada, 19_000, false);
    await refused(ada, 'TOO_MANY_UPLOADS');
    const second = begin(ada, 19_000, false);
    const status = await new Promise((resolve) => second.once('response', (answer) => resolve(answer.resume().statusCode)));
    expect(status).to.equal(429);
    for (const one of [first, second]) one.destroy();
    await taken(ada);
  });

  it('when the use case still works on a file whose sender has gone, then it is charged until it ends', async () => {
    const ada = person();
    const gone = begin(ada, 20_000, true, '/slow');
    gone.end(TAIL);
    await eventually(() => finish !== undefined);
    gone.destroy();
    expect(await refused(ada, 'TOO_MANY_UPLOADS')).to.include({ status: 429 });
    finish?.();
    await taken(ada);
  });
});
