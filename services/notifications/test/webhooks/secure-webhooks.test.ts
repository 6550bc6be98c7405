import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Posted } from '../../src/webhook/sending/post.js';
import type { Bench } from '../bench.js';
import { certify, type Certified } from './certificates.js';
import { deliveriesOf, makeHook, startHooks, tell } from './receiver.js';

const HOST = 'hook.example.test';
const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

/** Posts in a process of its own: which authorities are trusted is read once, when a process starts. */
const POST = `
  const [module, ...urls] = process.argv.slice(1);
  const { createPost } = await import(module);
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const post = createPost({ timeoutMs: 20_000, allowPrivate: true, resolve });
  const posted = [];
  for (const url of urls) posted.push(await post({ url, headers: { 'content-length': '2' }, body: '{}' }));
  console.log(JSON.stringify(posted));
`;

describe('webhooks over TLS', () => {
  const servers: Server[] = [];
  let directory: string;
  let requests = 0;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'riparo-tls-'));
    requests = 0;
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    await rm(directory, { recursive: true, force: true });
  });

  const listen = async ({ key, cert }: Certified): Promise<number> => {
    const server = createServer({ key, cert }, (_request, response) => {
      requests++;
      response.writeHead(204).end();
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };
  const postTrusting = async (authority: Certified, urls: readonly string[]): Promise<readonly Posted[]> => {
    const file = join(directory, 'authority.pem');
    await writeFile(file, authority.cert);
    const module = new URL('../../src/webhook/sending/post.js', import.meta.url).href;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', POST, module, ...urls], { env });
    return JSON.parse(stdout) as readonly Posted[];
  };

  it('when a certificate signs itself or its authority is unknown, then nothing is sent', async () => {
    const authority = certify({ name: 'An authority', isAuthority: true });
    const bench: Bench = await startHooks({ config: { WEBHOOK_TIMEOUT_MS: 20_000 }, parts: { webhookNet: { resolve } } });
    try {
      for (const certified of [certify({ name: HOST }), certify({ name: HOST, by: authority })]) {
        const { id } = await makeHook(bench, `https://${HOST}:${await listen(certified)}/`);
        await tell(bench);
        const errors = (await deliveriesOf(bench, id)).flatMap(({ attempts }) => attempts.map(({ error }) => error));
        expect(errors).to.deep.equal(['TLS_FAILED']);
      }
      expect(requests).to.equal(0);
    } finally {
      await bench.stop();
    }
  });

  it('when NODE_EXTRA_CA_CERTS names its authority, then it is trusted for its name and its days alone', async () => {
    const authority = certify({ name: 'An authority', isAuthority: true });
    const [good, late] = [
      certify({ name: HOST, by: authority }),
      certify({ name: HOST, by: authority, validUntil: new Date(Date.now() - 60_000) }),
    ];
    const port = await listen(good);
    const urls = [`https://${HOST}:${port}/`, `https://other.example.test:${port}/`, `https://${HOST}:${await listen(late)}/`];
    const fault = { kind: 'fault', fault: 'TLS_FAILED' };
    expect(await postTrusting(authority, urls)).to.deep.equal([{ kind: 'answered', status: 204, excerpt: '' }, fault, fault]);
    expect(requests).to.equal(1);
  });

  it('when another authority is trusted, then nothing is sent', async () => {
    const [one, other] = [certify({ name: 'One', isAuthority: true }), certify({ name: 'Other', isAuthority: true })];
    const url = `https://${HOST}:${await listen(certify({ name: HOST, by: one }))}/`;
    expect(await postTrusting(other, [url])).to.deep.equal([{ kind: 'fault', fault: 'TLS_FAILED' }]);
    expect(requests).to.equal(0);
  });
});
