import { expect } from 'chai';
import { startDemo, THING_ID, type Demo } from './demo-app.js';

describe('routing', () => {
  let demo: Demo;
  let token: string;
  before(async () => {
    demo = await startDemo();
    token = demo.tokens.tokenFor({ role: 'AGENT' });
  });
  after(() => demo.stop());

  it('when the path is unknown, then 404 ROUTE_NOT_FOUND', async () => {
    const answer = await demo.api.get('/nothing');
    expect([answer.status, answer.body.code]).to.deep.equal([404, 'ROUTE_NOT_FOUND']);
    expect(answer.body.requestId).to.equal(answer.headers.get('x-request-id'));
  });

  it('when the path takes other methods, then 405 METHOD_NOT_ALLOWED with Allow', async () => {
    const answer = await demo.api.put(`/things/${THING_ID}`, {}, { token });
    expect([answer.status, answer.body.code]).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
    expect(answer.headers.get('allow')).to.equal('GET, HEAD, PATCH, DELETE, OPTIONS');
  });

  it('when OPTIONS, then 204 with Allow', async () => {
    const answer = await demo.api.request('OPTIONS', '/things');
    expect(answer.status).to.equal(204);
    expect(answer.headers.get('allow')).to.equal('GET, HEAD, POST, OPTIONS');
  });

  it('when HEAD, then the headers of GET without a body', async () => {
    const [head, whole] = await Promise.all([
      demo.api.request('HEAD', '/things/latest', undefined, { token }),
      demo.api.get('/things/latest', { token }),
    ]);
    expect(head.status).to.equal(200);
    expect(head.text).to.equal('');
    expect(head.headers.get('content-length')).to.equal(whole.headers.get('content-length'));
  });

  it('when a fixed path is declared after a parameter, then it still wins', async () => {
    const answer = await demo.api.get('/things/latest', { token });
    expect(answer.body.data.id).to.equal('latest');
  });

  it('when a parameter has a suffix, then it wins over the bare one', async () => {
    const answer = await demo.api.get(`/things/${THING_ID}.ics`, { token });
    expect(answer.body.data).to.include({ id: 'ics', of: THING_ID });
  });

  for (const id of ['1', 'nope', `${THING_ID}0`, '%00', "'%20OR%201=1", '[$ne]']) {
    it(`when the id is ${id}, then 404 THING_NOT_FOUND`, async () => {
      const answer = await demo.api.get(`/things/${id}`, { token });
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'THING_NOT_FOUND']);
    });
  }

  it('when the id is in upper case, then the use case gets it in lower case', async () => {
    const answer = await demo.api.get(`/things/${THING_ID.toUpperCase()}`, { token });
    expect(answer.body.data.params).to.deep.equal({ id: THING_ID });
  });

  it('when the path is badly encoded, then 400 MALFORMED_REQUEST', async () => {
    const answer = await demo.api.get('/things/%E0%A4%A', { token });
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'MALFORMED_REQUEST']);
  });

  it('when a route lies at the root, then it is served there and not below /api/v1', async () => {
    expect((await demo.api.get('/.well-known/demo.json', { root: true })).body.at).to.equal('root');
    expect((await demo.api.get('/.well-known/demo.json')).status).to.equal(404);
  });
});
