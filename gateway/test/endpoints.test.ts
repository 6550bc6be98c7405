import { createTestClock } from '@riparo/shared/testing/test-clock';
import { expect } from 'chai';
import { createEndpoints } from '../src/proxy/endpoints.js';

describe('endpoints of a service', () => {
  const hostsOf = async (endpoints: ReturnType<typeof createEndpoints>): Promise<readonly string[]> =>
    (await endpoints.candidates()).map(({ host }) => host);

  it('when a name stands for several addresses, then they take turns', async () => {
    const endpoints = createEndpoints({
      urls: ['http://tickets:4102'],
      clock: createTestClock(),
      lookup: () => Promise.resolve(['10.0.0.1', '10.0.0.2']),
    });
    expect([await hostsOf(endpoints), await hostsOf(endpoints)]).to.deep.equal([
      ['10.0.0.1', '10.0.0.2'],
      ['10.0.0.2', '10.0.0.1'],
    ]);
  });

  it('when one refuses, then it comes last for two seconds', async () => {
    const clock = createTestClock();
    const endpoints = createEndpoints({ urls: ['http://a:1', 'http://b:1'], clock, lookup: (host) => Promise.resolve([host]) });
    endpoints.avoid({ host: 'a', port: 1 });
    expect([await hostsOf(endpoints), await hostsOf(endpoints)]).to.deep.equal([
      ['b', 'a'],
      ['b', 'a'],
    ]);
    clock.advance(2_001);
    expect(await hostsOf(endpoints)).to.deep.equal(['a', 'b']);
  });

  it('when an instance is added, then it is found; when the name server is away, the known ones stay', async () => {
    const clock = createTestClock();
    let answer: () => Promise<readonly string[]> = () => Promise.resolve(['10.0.0.1']);
    const endpoints = createEndpoints({ urls: ['http://tickets:4102'], clock, lookup: () => answer() });
    const later = async (): Promise<readonly string[]> => {
      clock.advance(5_001);
      await hostsOf(endpoints);
      await Promise.resolve();
      await new Promise(setImmediate);
      return [...(await hostsOf(endpoints))].sort();
    };
    expect(await hostsOf(endpoints)).to.deep.equal(['10.0.0.1']);
    answer = () => Promise.resolve(['10.0.0.1', '10.0.0.2']);
    expect(await later()).to.deep.equal(['10.0.0.1', '10.0.0.2']);
    answer = () => Promise.reject(new Error('SERVFAIL'));
    expect(await later()).to.deep.equal(['10.0.0.1', '10.0.0.2']);
  });
});
