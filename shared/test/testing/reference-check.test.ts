import { expect } from 'chai';
import { listen, type HttpServer } from '../../src/composition/http-server.js';
import { text } from '../../src/http/reference/answer-fields.js';
import { fields, one, type Answer } from '../../src/http/reference/answer.js';
import { describeRoutes } from '../../src/http/reference/describe-routes.js';
import { ok } from '../../src/http/reply.js';
import { get, type Route } from '../../src/http/route.js';
import { checkOfRoutes } from '../../src/testing/reference-check.js';

const named = one(fields({ name: text() }));
const titled = one(fields({ title: text() }));
/** As a service makes it at each of its starts: what it does is another function every time. */
const routesWith = (answer: Answer): readonly Route[] => [
  get('/things', 'public', 'Reads.', {}, () => Promise.resolve(ok({})), { answer }),
];

describe('the reference of a service that was started before', () => {
  let server: HttpServer;
  let readings = 0;
  let routes: readonly Route[] = [];
  before(async () => {
    server = await listen(
      (_request, response) => {
        readings++;
        response.end(JSON.stringify(describeRoutes('demo', routes)));
      },
      { port: 0 },
    );
  });
  after(() => server.close({ idleGraceMs: 0 }));

  const start = (answer: Answer) => {
    routes = routesWith(answer);
    return checkOfRoutes(routes)(`http://127.0.0.1:${server.port}`);
  };

  it('when the routes say the same, then it is not read again', async () => {
    const first = await start(named);
    const before = readings;
    expect(await start(named)).to.equal(first);
    expect(readings).to.equal(before);
  });

  it('when one of them answers otherwise, then answers are held to what it says itself', async () => {
    await start(named);
    const check = await start(titled);
    const headers = new Headers({ 'content-type': 'application/json' });
    const answer = { method: 'GET', path: '/api/v1/things', status: 200, headers };
    const timestamp = '2026-03-02T09:00:00.000Z';
    expect(() => check({ ...answer, text: JSON.stringify({ data: { title: 'Lamp' }, timestamp }) })).to.not.throw();
    expect(() => check({ ...answer, text: JSON.stringify({ data: { name: 'Lamp' }, timestamp }) })).to.throw('not as described');
  });
});
