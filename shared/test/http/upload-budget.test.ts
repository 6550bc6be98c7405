import { request, type ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import Joi from 'joi';
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

describe('JSON bodies that are under way', () => {
  const MIB = 1024 * 1024;
  let demo: Demo;
  const body = Joi.object({ text: Joi.string().required() });
  const routes = [
    action('/notes', 'signed-in', 'A note', { body }, () => Promise.resolve(ok({ id: 'note' }))),
    action('/words', 'public', 'A word', { body }, () => Promise.resolve(ok({ id: 'word' }))),
    action('/files', 'signed-in', 'A file', {}, () => Promise.resolve(ok({ id: 'file' })), { upload: { field: 'file', maxBytes: MIB } }),
  ];
  beforeEach(async () => {
    demo = await startDemo({ routes, app: { uploadLimits: { perPerson: 1.5 * MIB, perProcess: 2.5 * MIB } } });
  });
  afterEach(() => demo.stop());

  const person = (): string => demo.tokens.tokenFor({ role: 'ADMIN' });
  const noteOf = (size: number): string => JSON.stringify({ text: 'x'.repeat(size) });
  const begin = (path: string, token: string, headers: Record<string, string>): ClientRequest => {
    const asked = request(`${demo.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    });
    asked.on('error', () => asked.destroy());
    asked.flushHeaders();
    return asked;
  };
  const send = async (path: string, token: string, content: string) => {
    const type = path === '/files' ? 'multipart/form-data; boundary=b' : 'application/json';
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const answer = await fetch(`${demo.url}/api/v1${path}`, { method: 'POST', headers, body: content });
    const { code } = (await answer.json()) as { code?: string };
    return { status: answer.status, code, retryAfter: answer.headers.get('retry-after') };
  };
  const eventuallyAnswered = (status: number, path: string, token: string, content = noteOf(0.7 * MIB)) =>
    eventually(async () => {
      const answer = await send(path, token, content);
      return answer.status === status && answer;
    });

  it('when one person has much under way, then 429 for JSON and files until the client goes away', async () => {
    const ada = person();
    const open = begin('/notes', ada, { 'content-length': String(MIB) });
    expect(await eventuallyAnswered(429, '/notes', ada)).to.include({ code: 'TOO_MANY_UPLOADS', retryAfter: '5' });
    expect(await send('/files', ada, bodyOf(0.7 * MIB))).to.include({ status: 429 });
    expect(await send('/notes', person(), noteOf(0.7 * MIB))).to.include({ status: 200 });
    open.destroy();
    await eventuallyAnswered(200, '/notes', ada);
  });

  it('when the process has much under way, then 503 with Retry-After, and small bodies still get in', async () => {
    const open = [person(), person()].map((token) => begin('/notes', token, { 'content-length': String(MIB) }));
    const [ada, rest] = [person(), noteOf(0.7 * MIB)];
    expect(await eventuallyAnswered(503, '/notes', ada, rest)).to.include({ code: 'UPLOADS_FULL', retryAfter: '5' });
    expect(await send('/words', ada, rest)).to.include({ status: 503 });
    expect(await send('/words', ada, noteOf(10_000))).to.include({ status: 200 });
    for (const one of open) one.destroy();
    await eventuallyAnswered(200, '/notes', ada, rest);
  });

  for (const [what, headers] of [
    ['has no length', {}],
    ['is compressed', { 'content-encoding': 'gzip', 'content-length': String(gzipSync(noteOf(MIB / 2)).length) }],
  ] as const)
    it(`when a body ${what}, then as much is charged as it may become`, async () => {
      const ada = person();
      const open = begin('/notes', ada, headers);
      expect(await eventuallyAnswered(429, '/notes', ada)).to.include({ code: 'TOO_MANY_UPLOADS' });
      open.destroy();
      await eventuallyAnswered(200, '/notes', ada);
    });

  it('when nobody is signed in, then the address has the share of one person', async () => {
    const open = begin('/words', '', { 'content-length': String(MIB) });
    expect(await eventuallyAnswered(429, '/words', '')).to.include({ code: 'TOO_MANY_UPLOADS' });
    expect(await send('/notes', person(), noteOf(0.7 * MIB))).to.include({ status: 200 });
    open.destroy();
    await eventuallyAnswered(200, '/words', '');
  });

  it('when two tenants have a person of one id, then each has a share of their own', async () => {
    const userId = '0192f3a0-0000-7000-8000-000000000002';
    const [ours, theirs] = ['default', 'other'].map((tenantId) => demo.tokens.tokenFor({ role: 'ADMIN', userId, tenantId }));
    const open = begin('/notes', ours!, { 'content-length': String(MIB) });
    await eventuallyAnswered(429, '/notes', ours!);
    expect(await send('/notes', theirs!, noteOf(0.7 * MIB))).to.include({ status: 200 });
    open.destroy();
  });
});
