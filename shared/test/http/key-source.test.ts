import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { createRemoteKeySource } from '../../src/http/key-source.js';
import { isDomainError } from '../../src/errors/domain-error.js';
import { listen, type HttpServer } from '../../src/composition/http-server.js';
import { createTestClock } from '../../src/testing/test-clock.js';
import { eventually } from '../../src/testing/eventually.js';

const jwkOf = (kid: string) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
});

describe('keys fetched from auth', () => {
  let server: HttpServer;
  let kids: string[];
  let fetches: number;
  let away: boolean;
  const keys = new Map(['first', 'second'].map((kid) => [kid, jwkOf(kid)]));
  const clock = createTestClock();

  beforeEach(async () => {
    kids = ['first'];
    fetches = 0;
    away = false;
    server = await listen(
      (_request, response) => {
        fetches++;
        response.statusCode = away ? 503 : 200;
        response.end(JSON.stringify({ keys: kids.map((kid) => keys.get(kid)) }));
      },
      { port: 0 },
    );
  });
  afterEach(() => server.close({ idleGraceMs: 0 }));

  const source = (...before: readonly string[]) =>
    createRemoteKeySource({ urls: [...before, `http://127.0.0.1:${server.port}/jwks`], clock, cooldownMs: 5_000, maxAgeMs: 60_000 });

  it('when asked many times at once, then fetched once', async () => {
    const remote = source();
    const found = await Promise.all(Array.from({ length: 20 }, () => remote.find('first')));
    expect(found.every((key) => key?.asymmetricKeyType === 'rsa')).to.equal(true);
    expect(fetches).to.equal(1);
  });

  it('when an instance does not answer, then the next one is asked', async () => {
    const gone = await listen((_request, response) => response.end(), { port: 0 });
    await gone.close({ idleGraceMs: 0 });
    const remote = source(`http://127.0.0.1:${gone.port}/jwks`);
    expect(await remote.find('first')).not.to.equal(undefined);
    expect(fetches).to.equal(1);
  });

  it('when a kid is unknown, then fetched again, but not more often than the pause allows', async () => {
    const remote = source();
    await remote.find('first');
    kids = ['first', 'second'];
    expect(await remote.find('second')).to.equal(undefined);
    clock.advance(5_000);
    expect(await remote.find('second')).not.to.equal(undefined);
    for (let index = 0; index < 50; index++) expect(await remote.find(`forged-${index}`)).to.equal(undefined);
    expect(fetches).to.equal(2);
  });

  it('when auth is away, then known keys go on and unknown ones are not found', async () => {
    const remote = source();
    await remote.find('first');
    away = true;
    clock.advance(120_000);
    expect(await remote.find('first')).not.to.equal(undefined);
    expect(await remote.find('second')).to.equal(undefined);
  });

  it('when auth was never reached, then it is unavailable, not a bad token', async () => {
    away = true;
    const error: unknown = await source()
      .find('first')
      .catch((reason: unknown) => reason);
    expect(isDomainError(error) && error.kind).to.equal('unavailable');
  });

  it('when a key is withdrawn, then it stops counting once the keys are old', async () => {
    const remote = source();
    await remote.find('first');
    kids = ['second'];
    clock.advance(61_000);
    await remote.find('first');
    await eventually(async () => (await remote.find('first')) === undefined);
  });
});
