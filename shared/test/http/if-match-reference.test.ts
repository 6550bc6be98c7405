import { expect } from 'chai';
import { describeRoutes } from '../../src/http/reference/describe-routes.js';
import { noContent } from '../../src/http/reply.js';
import { action, get, put, remove, type Described, type Route } from '../../src/http/route.js';

const answer = () => Promise.resolve(noContent());
const ofAction = (described: Described): Route => action('/things/:id/close', 'signed-in', 'Closes.', {}, answer, described);

const cases: readonly [what: string, route: Route, takesIt: boolean][] = [
  ['a PUT', put('/things/:id', 'signed-in', 'Changes.', {}, answer), true],
  ['a DELETE', remove('/things/:id', 'signed-in', 'Removes.', {}, answer), true],
  ['a DELETE of what has no version', remove('/things/:id', 'signed-in', 'Removes.', {}, answer, { unversioned: true }), false],
  ['a GET', get('/things/:id', 'signed-in', 'Shows.', {}, answer), false],
  ['a POST that is refused with 412', ofAction({ problems: { 412: ['STALE_VERSION'] } }), true],
  ['a POST that is not', ofAction({ problems: { 409: ['THING_CLOSED'] } }), false],
];

describe('If-Match in the API reference', () => {
  for (const [what, route, takesIt] of cases)
    it(`when ${what} is described, then ${takesIt ? 'it has the header and 412' : 'it has neither the header nor 412'}`, () => {
      const [operation] = Object.values(describeRoutes('things', [route]).paths).flatMap((methods) => Object.values(methods));
      const { parameters, responses } = operation as { parameters: readonly { name: string }[]; responses: object };
      expect(parameters.some(({ name }) => name === 'If-Match')).to.equal(takesIt);
      expect('412' in responses).to.equal(takesIt);
    });
});
