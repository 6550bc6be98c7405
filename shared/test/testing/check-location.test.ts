import { expect } from 'chai';
import { fields, one } from '../../src/http/reference/answer.js';
import { id } from '../../src/http/reference/answer-fields.js';
import { created, ok } from '../../src/http/reply.js';
import { create, get, type Route } from '../../src/http/route.js';
import { createHttpClient } from '../../src/testing/http-client.js';
import { startDemo } from '../http/demo-app.js';

const LAMP = '0192f3a0-0000-7000-8000-000000000001';
const answer = one(fields({ id: id() }));
const make = (operationId: string, path: string): Route =>
  create(path, 'read:tickets', 'Makes.', {}, () => Promise.resolve(created(`${path}/${LAMP}`, { id: LAMP })), {
    id: operationId,
    creates: false,
    answer,
  });

describe('The check of Locations', () => {
  it('when what was made can be read by who made it, then it passes, and otherwise it does not', async () => {
    const read = (path: string, access: Route['access']): Route =>
      get(path, access, 'Reads.', {}, () => Promise.resolve(ok({ id: LAMP })), { answer });
    const demo = await startDemo({
      routes: [
        make('makeLamp', '/lamps'),
        read('/lamps/:id', 'read:tickets'),
        make('makeCandle', '/candles'),
        make('makeTorch', '/torches'),
        read('/torches/:id', 'manage:admins'),
      ],
    });
    try {
      const api = createHttpClient(demo.url);
      const post = (path: string, role: 'TECH' | 'SUPER_ADMIN'): Promise<unknown> =>
        api.post(path, undefined, { token: demo.tokens.tokenFor({ role }) }).then(
          ({ status }) => status,
          (error: unknown) => (error as Error).message,
        );
      expect(await post('/lamps', 'TECH')).to.equal(201);
      expect(await post('/candles', 'TECH')).to.match(/makeCandle is answered 404/);
      expect(await post('/torches', 'SUPER_ADMIN')).to.equal(201);
      expect(await post('/torches', 'TECH')).to.match(/makeTorch is answered 403/);
    } finally {
      await demo.stop();
    }
  });
});
