import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.js';
import { httpKeys } from '../../src/config/process-keys.js';
import { isLoopbackAddress, isLoopbackHost } from '../../src/http/client-address.js';
import { ok } from '../../src/http/reply.js';
import { get } from '../../src/http/route.js';
import { startDemo, type Demo } from './demo-app.js';

describe('the address of a client', () => {
  let demo: Demo | undefined;
  afterEach(() => demo?.stop());
  const routes = [
    get('/where', 'public', 'Where from', {}, ({ ip, fromThisMachine }) => Promise.resolve(ok({ id: 'where', ip, fromThisMachine }))),
  ];
  const ask = async (forwarded: string | undefined, trustProxy: string = loadConfig(httpKeys(0), {}).TRUST_PROXY) => {
    demo = await startDemo({ routes, app: { trustProxy } });
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    return (await demo.api.get<{ ip: string; fromThisMachine: boolean }>('/where', { headers })).body.data;
  };

  it('when nobody forwards, then it is that of the connection, and from this machine', async () => {
    expect(await ask(undefined)).to.include({ ip: '127.0.0.1', fromThisMachine: true });
  });

  for (const [forwarded, ip] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['127.0.0.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, 10.0.0.8', '10.0.0.8'],
    ['203.0.113.7, 192.168.1.8', '192.168.1.8'],
    ['127.evil', '127.0.0.1'],
    ['<b>here</b>', '127.0.0.1'],
  ] as const) {
    it(`when X-Forwarded-For is "${forwarded}", then it is ${ip} and not from this machine`, async () => {
      expect(await ask(forwarded)).to.include({ ip, fromThisMachine: false });
    });
  }

  it('when a private network is named as trusted, then its proxies are believed', async () => {
    expect(await ask('203.0.113.7, 10.0.0.8', 'loopback, uniquelocal')).to.include({ ip: '203.0.113.7' });
  });

  it('when an address or a name is of this machine, then it is known as such, and nothing else is', () => {
    const addresses = ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '127.evil', '128.0.0.1', '::2', '127.0.0.1.example.test', ''];
    expect(addresses.filter(isLoopbackAddress)).to.deep.equal(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']);
    const own = ['localhost', 'LOCALHOST:8080', '127.0.0.1:8080', '[::1]:8080', '[::1]'];
    const others = [
      'evil.test',
      'localhost.evil.test',
      '127.0.0.1.evil.test',
      '127.evil:8080',
      'a@localhost',
      'localhost/x',
      '10.0.0.1',
      '',
    ];
    expect([...own, ...others, undefined].filter(isLoopbackHost)).to.deep.equal(own);
  });
});
