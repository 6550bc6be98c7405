import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createInstallation, type Installation } from './installation.js';

const METRICS_TOKEN = 'a token for the metrics of this test';
/** Every door of the one-process mode; `#` is where a stranger writes what they like. */
const DOORS = [
  '/#',
  '/#/#',
  '/dev/mail/#',
  '/dev/#',
  '/docs/#',
  '/openapi.json/#',
  '/health/#',
  '/metrics/#',
  '/.well-known/#',
  '/.well-known/jwks.json/#',
  '/repair-status/#',
  '/quote/#',
  '/quote/#/accept',
  '/quote/#/#',
  '/api/v1/public/quotes/#',
  '/api/#',
  '/api/v1/#',
  '/api/v1/public/#',
  '/api/v1/public/calendars/#',
  '/api/v1/tickets/#',
  '/api/v1/customers/#/#',
  '/internal/#',
];
/** As text, as something that cannot be decoded, and as what no route takes. */
const INVENTED: readonly ((text: string) => string)[] = [(text) => text, (text) => `%zz${text}`, (text) => `%2e%2e%2f${text}`];
const METHODS = ['GET', 'POST', 'DELETE'];

describe('the metrics of a one-process installation', () => {
  let installation: Installation;
  let url: string;
  before(async () => {
    installation = await createInstallation();
    url = `http://127.0.0.1:${await installation.start({ METRICS_TOKEN, RATE_LIMIT_PER_MINUTE: '0' })}`;
  });
  after(() => installation.remove());

  /** Asks every door once in every way, with texts that nobody used before. */
  const walk = async (): Promise<void> => {
    for (const method of METHODS)
      for (const door of DOORS)
        for (const invent of INVENTED) {
          const path = door.replaceAll('#', () => invent(randomBytes(8).toString('hex')));
          await (await fetch(`${url}${path}`, { method })).arrayBuffer();
        }
  };
  const series = async (): Promise<readonly string[]> => {
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    const lines = (await answer.text()).split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count'));
    return lines.map((line) => line.replace(/ [^ ]*$/, '')).filter((line) => !line.includes('"/metrics"'));
  };

  it('when paths are invented at every door, then a second round adds no time series', async () => {
    await walk();
    const first = await series();
    expect(first).to.have.length.greaterThan(5);
    await walk();
    expect(await series()).to.have.members(first);
  });
});
