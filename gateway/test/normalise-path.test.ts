import { request } from 'node:http';
import { expect } from 'chai';
import { startGateway, type GatewayBench } from './gateway.setup.js';

describe('dot segments at the gateway', () => {
  let bench: GatewayBench;
  before(async () => {
    bench = await startGateway();
  });
  after(() => bench.stop());

  /** As it is: `fetch` would settle the path itself. */
  const statusOf = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: bench.port, path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
  const seen = () => [...bench.tickets, bench.others].flatMap((upstream) => upstream.seen.map(({ url }) => url));

  for (const path of [
    '/api/v1/tickets/../../../internal/x',
    '/api/v1/tickets/%2e%2e/%2E%2e/../internal/x',
    '/api/v1/tickets/.%2e/.%2e/.%2e/internal/x',
    '/api/v1/tickets\\..\\..\\..\\internal\\x',
    'http://127.0.0.1/api/v1/tickets/../../../internal/x',
  ]) {
    it(`when ${path} is asked for, then 404 and no service sees it`, async () => {
      const before = seen().length;
      expect(await statusOf(path)).to.equal(404);
      expect(seen()).to.have.length(before);
    });
  }

  for (const [path, forwarded] of [
    ['/api/v1/tickets/../assets/./7?a=../b', '/api/v1/assets/7?a=../b'],
    ['/api/v1/reports/%2e%2e/assets/8', '/api/v1/assets/8'],
    ['/api/v1/assets/a..b/.c', '/api/v1/assets/a..b/.c'],
  ] as const) {
    it(`when ${path} is asked for, then the service gets ${forwarded}`, async () => {
      expect(await statusOf(path)).to.equal(200);
      expect(bench.others.seen.at(-1)?.url).to.equal(forwarded);
    });
  }
});
