import { expect } from 'chai';
import { createRateLimit } from '../../src/http/rate-limit.js';
import { startDemo, type Demo } from './demo-app.js';

describe('a rate limit', () => {
  let demo: Demo;
  afterEach(() => demo.stop());

  it('when it is not reached, then the answer says what is left', async () => {
    demo = await startDemo({ before: [createRateLimit({ name: 'api', limit: 5 })] });
    const answer = await demo.api.post('/hello');
    expect(answer.status).to.equal(202);
    expect(answer.headers.get('ratelimit-policy')).to.match(/"api"; q=5; w=60/);
    expect(answer.headers.get('ratelimit')).to.match(/"api"; r=4; t=\d+/);
  });

  it('when it is passed, then 429 RATE_LIMITED with Retry-After, for that key only', async () => {
    const limit = createRateLimit({ name: 'api', limit: 2, keyOf: (request) => String(request.headers['x-key']) });
    demo = await startDemo({ before: [limit] });
    const call = (key: string) => demo.api.post('/hello', undefined, { headers: { 'x-key': key } });
    await call('a');
    await call('a');
    const answer = await call('a');
    expect([answer.status, answer.body.code]).to.deep.equal([429, 'RATE_LIMITED']);
    expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await call('b')).status).to.equal(202);
  });
});
