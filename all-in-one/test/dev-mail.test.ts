import { request } from 'node:http';
import { expect } from 'chai';
import { createInstallation, type Installation } from './installation.js';

describe('GET /dev/mail of a one-process installation', () => {
  let installation: Installation;
  let port: number;
  before(async () => {
    installation = await createInstallation();
    port = await installation.start();
  });
  after(() => installation.remove());

  const statusWith = (headers: Readonly<Record<string, string>>, path = '/dev/mail'): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });

  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    it(`when ${host} is asked from this machine, then 200`, async () => {
      expect(await statusWith({ host: `${host}:${port}` })).to.equal(200);
    });
  }

  const refused: readonly Readonly<Record<string, string>>[] = [
    { host: 'rebound.evil.test' },
    { host: '127.0.0.1.evil.test' },
    { host: 'localhost', 'x-forwarded-host': 'shop.example.test' },
    { host: 'localhost', 'x-forwarded-for': '127.evil' },
    { host: 'localhost', 'x-forwarded-for': '203.0.113.7' },
    { host: 'localhost', 'x-forwarded-for': '127.0.0.1, 203.0.113.7' },
  ];
  for (const headers of refused) {
    it(`when it comes with ${JSON.stringify(headers)}, then 404`, async () => {
      expect(await statusWith(headers)).to.equal(404);
    });
  }
});
