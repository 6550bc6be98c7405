import { expect } from 'chai';
import { isInside } from '../../src/webhook/sending/addresses.js';
import type { BenchOptions, Bench } from '../bench.js';
import { admin, answering, deliveriesOf, makeHook, OPEN, startHooks, startReceiver, tell, type Receiver } from './receiver.js';

const INSIDE =
  '127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255 192.0.0.1 198.18.0.1 203.0.113.1 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 2001::1 2002:7f00:1:: 2001:db8::1 3fff::1 4000::1 nonsense';

describe('addresses that webhooks never reach', () => {
  const benches: Bench[] = [];
  const receivers: Receiver[] = [];
  const begin = async (options: BenchOptions = {}): Promise<Bench> => {
    const bench = await startHooks({ ...options, config: { ...OPEN, WEBHOOKS_ALLOW_PRIVATE: false, ...options.config } });
    benches.push(bench);
    return bench;
  };
  const listen = async (host?: string): Promise<Receiver> => {
    const receiver = await startReceiver(host);
    receivers.push(receiver);
    return receiver;
  };
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.stop();
    for (const bench of benches.splice(0)) await bench.stop();
  });

  for (const address of INSIDE.split(' '))
    it(`when the address is ${address}, then it is inside`, () => {
      expect(isInside(address)).to.equal(true);
    });

  for (const address of ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
    it(`when the address is ${address}, then it is public`, () => {
      expect(isInside(address)).to.equal(false);
    });

  it('when an URL names such an address in any spelling, then 422', async () => {
    const bench = await begin();
    const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '0', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]', '[64:ff9b::a00:1]'];
    for (const host of hosts) {
      const { status } = await bench.api.post('/webhooks', { url: `https://${host}/`, events: ['*'] }, { token: admin(bench) });
      expect(status, host).to.equal(422);
    }
  });

  it('when plain http is not allowed, then 422', async () => {
    const bench = await begin({ config: { WEBHOOKS_ALLOW_HTTP: false } });
    const { status } = await bench.api.post('/webhooks', { url: 'http://example.com/', events: ['*'] }, { token: admin(bench) });
    expect(status).to.equal(422);
  });

  it('when a name stands for such addresses alone, then nothing connects', async () => {
    const receiver = await listen();
    const resolve = () =>
      Promise.resolve([
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const bench = await begin({ parts: { webhookNet: { resolve } } });
    const { id } = await makeHook(bench, `http://hook.example.test:${receiver.port}/`);
    await tell(bench);
    expect((await deliveriesOf(bench, id))[0]?.attempts).to.have.length(1);
    expect((await deliveriesOf(bench, id))[0]?.attempts[0]?.error).to.equal('ADDRESS_NOT_ALLOWED');
    expect(receiver.got).to.deep.equal([]);
  });

  it('when a name means something else a moment later, then the address that was checked is connected to', async () => {
    // 127.0.0.2 stands for the public address of a name that says 127.0.0.1 to whoever asks again.
    const outside = await listen('127.0.0.2');
    let asked = 0;
    const resolve = () => Promise.resolve([{ address: ++asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    const bench = await begin({ parts: { webhookNet: { resolve, inside: (address) => address === '127.0.0.1' } } });
    const { id } = await makeHook(bench, `http://rebound.example.test:${outside.port}/`);
    await tell(bench);
    expect([outside.got.length, asked]).to.deep.equal([1, 1]);
    await tell(bench);
    const errors = (await deliveriesOf(bench, id)).map(({ attempts }) => attempts[0]?.error);
    expect(errors).to.have.members([undefined, 'ADDRESS_NOT_ALLOWED']);
    expect([outside.got.length, asked]).to.deep.equal([1, 2]);
  });

  it('when the receiver redirects to such an address, then it is a failure and nobody follows', async () => {
    const [inner, outer] = [await listen(), await listen('127.0.0.2')];
    outer.behave(answering(307, { location: inner.url }));
    const resolve = () => Promise.resolve([{ address: '127.0.0.2', family: 4 }]);
    const bench = await begin({ parts: { webhookNet: { resolve, inside: (address) => address === '127.0.0.1' } } });
    const { id } = await makeHook(bench, `http://outer.example.test:${outer.port}/`);
    await tell(bench);
    expect((await deliveriesOf(bench, id))[0]?.attempts[0]).to.include({ statusCode: 307, error: 'REDIRECTED' });
    expect(inner.got).to.deep.equal([]);
  });
});
