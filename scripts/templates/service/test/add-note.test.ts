import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

describe('POST /__name__/notes', () => {
  let bench: Bench;
  let token: string;

  beforeEach(async () => {
    bench = await startBench();
    token = bench.tokenFor({ role: 'AGENT' });
  });
  afterEach(() => bench.stop());

  const add = (text: unknown) => bench.api.post('/__name__/notes', { text }, { token });

  it('when valid, then 201 and it can be read', async () => {
    const { status, body, headers } = await add('Bring the long ladder.');
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/api/v1/__name__/notes/${body.data.id}`);
    const read = await bench.api.get(`/__name__/notes/${body.data.id}`, { token });
    expect(read.body.data).to.deep.equal(body.data);
  });

  it('when the text is no text, then 422 VALIDATION_FAILED', async () => {
    const { status, body } = await add({ $ne: null });
    expect(status).to.equal(422);
    expect(body.code).to.equal('VALIDATION_FAILED');
    expect(body.errors.map(({ path }) => path)).to.deep.equal(['text']);
  });

  it('when nobody is signed in, then 401 UNAUTHENTICATED', async () => {
    const { status, body } = await bench.api.post('/__name__/notes', { text: 'x' });
    expect(status).to.equal(401);
    expect(body.code).to.equal('UNAUTHENTICATED');
  });

  it('when there are as many as are kept, then 409 NOTE_LIMIT_REACHED', async () => {
    await add('one');
    await add('two');
    const { status, body } = await add('three');
    expect(status).to.equal(409);
    expect(body.code).to.equal('NOTE_LIMIT_REACHED');
  });
});

describe('GET /__name__/notes/:id', () => {
  it('when it is of another tenant, then 404 NOTE_NOT_FOUND', async () => {
    const bench = await startBench();
    const { body } = await bench.api.post('/__name__/notes', { text: 'ours' }, { token: bench.tokenFor({ role: 'AGENT' }) });
    const { status } = await bench.api.get(`/__name__/notes/${body.data.id}`, {
      token: bench.tokenFor({ role: 'AGENT', tenantId: 'other' }),
    });
    expect(status).to.equal(404);
    await bench.stop();
  });
});
