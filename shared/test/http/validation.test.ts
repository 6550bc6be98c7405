import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { startDemo, THING_ID, validThing, type Demo } from './demo-app.js';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('input of a route', () => {
  let demo: Demo;
  let token: string;
  before(async () => {
    demo = await startDemo();
    token = demo.tokens.tokenFor({ role: 'AGENT' });
  });
  after(() => demo.stop());

  const post = (body: unknown) => demo.api.post('/things', body, { token });
  const raw = (text: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE) =>
    demo.api.request('POST', '/things', text, { token, headers });

  it('when valid, then the use case gets it and 201 with Location and ETag', async () => {
    const answer = await post(validThing());
    expect(answer.status).to.equal(201);
    expect(answer.body.data).to.include(validThing());
    expect(answer.headers.get('location')).to.equal(`/api/v1/things/${answer.body.data.id}`);
    expect(answer.headers.get('etag')).to.equal('"1"');
    expect(answer.headers.get('cache-control')).to.equal('no-store');
  });

  it('when a body is not UTF-8, then 400 MALFORMED_JSON and nothing is kept as U+FFFD', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...validThing(), name: 'Caff\u00e8' }), 'latin1');
    const answer = await raw(new Uint8Array(bytes));
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'MALFORMED_JSON']);
    expect(answer.body.detail).to.contain('UTF-8');
    expect((await post({ ...validThing(), name: 'Caff\u00e8 \u{1f600} \ufffd' })).status).to.equal(201);
  });

  for (const [what, body, path] of [
    ['a value', '{"name":"a\\ud800b","size":3,"colour":"RED"}', 'name'],
    ['a nested value', '{"name":"a","size":3,"colour":"RED","owner":{"address":"\\udc00"}}', 'owner.address'],
  ] as const) {
    it(`when ${what} holds half of a character, then 422 names it`, async () => {
      const answer = await raw(body);
      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0]?.path).to.equal(path);
    });
  }

  for (const value of ['%ff', 'Caff%e8', '%ed%a0%80']) {
    it(`when a query holds ${value}, then 422 names the parameter`, async () => {
      const answer = await demo.api.get(`/things?ownerId=${value}`, { token });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0]).to.deep.equal({ path: 'ownerId', message: 'must be percent-encoded UTF-8' });
    });
  }

  it('when texts have blanks around them, then they are trimmed', async () => {
    const answer = await post({ ...validThing(), name: '  Lamp ' });
    expect(answer.body.data.name).to.equal('Lamp');
  });

  it('when several fields are wrong, then 422 lists every fault of body and query at once', async () => {
    const answer = await demo.api.patch(
      `/things/${THING_ID}?dry=perhaps&more=1`,
      { size: 0, colour: 'GREEN', owner: {}, extra: 1 },
      { token },
    );
    expect(answer.status).to.equal(422);
    expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(answer.body.code).to.equal('VALIDATION_FAILED');
    expect(answer.body.type).to.equal('/problems/validation-failed');
    expect(answer.body.errors).to.have.deep.members([
      { path: 'dry', message: 'must be true or false' },
      { path: 'more', message: 'is not a known field' },
      { path: 'name', message: 'is required' },
      { path: 'size', message: 'must be greater than or equal to 1' },
      { path: 'colour', message: 'must be one of RED, BLUE' },
      { path: 'owner.address', message: 'is required' },
      { path: 'extra', message: 'is not a known field' },
    ]);
  });

  const wrongBodies: readonly (readonly [string, unknown, string])[] = [
    ['a number as text', { ...validThing(), size: '3' }, 'size'],
    ['a boolean as text', { ...validThing(), urgent: 'true' }, 'urgent'],
    ['a number as text in a list', { ...validThing(), parts: [{ weight: '1' }] }, 'parts.0.weight'],
    ['an operator where a text belongs', { ...validThing(), name: { $ne: null } }, 'name'],
    ['a list where a text belongs', { ...validThing(), name: ['Lamp'] }, 'name'],
    ['null', { ...validThing(), name: null }, 'name'],
    ['a control character', { ...validThing(), name: 'La\u0000mp' }, 'name'],
    ['a list', [validThing()], ''],
    ['a text', 'Lamp', ''],
    ['nothing', undefined, 'name'],
  ];
  for (const [what, body, path] of wrongBodies) {
    it(`when the body has ${what}, then 422 VALIDATION_FAILED at "${path}"`, async () => {
      const answer = await post(body);
      expect(answer.status).to.equal(422);
      expect(answer.body.code).to.equal('VALIDATION_FAILED');
      expect(answer.body.errors.map((fault) => fault.path)).to.include(path);
    });
  }

  it('when the body names __proto__, then 422 instead of dropping it', async () => {
    const answer = await raw('{"name":"Lamp","size":1,"colour":"RED","__proto__":{"admin":true}}');
    expect(answer.status).to.equal(422);
    expect(answer.body.errors).to.deep.equal([{ path: '__proto__', message: 'is not a known field' }]);
  });

  it('when the body is nested without end, then 422', async () => {
    const answer = await raw(`{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    expect(answer.status).to.equal(422);
    expect(answer.body.errors[0]?.message).to.match(/nested/);
  });

  it('when the body is not JSON, then 400 MALFORMED_JSON', async () => {
    const answer = await raw('{"name":');
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'MALFORMED_JSON']);
    expect(answer.text).not.to.match(/position|SyntaxError/);
  });

  it('when the body is larger than 1 MiB, then 413 PAYLOAD_TOO_LARGE', async () => {
    const answer = await raw(JSON.stringify({ name: 'x'.repeat(1024 * 1024) }));
    expect([answer.status, answer.body.code]).to.deep.equal([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('when a packed body unpacks to more than 1 MiB, then 413 PAYLOAD_TOO_LARGE', async () => {
    const packed = new Uint8Array(gzipSync(JSON.stringify({ name: 'x'.repeat(20 * 1024 * 1024) })));
    const answer = await raw(packed, { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect([answer.status, answer.body.code]).to.deep.equal([413, 'PAYLOAD_TOO_LARGE']);
  });

  const wrongTypes: readonly Record<string, string>[] = [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=klingon' },
    { ...JSON_TYPE, 'content-encoding': 'rot13' },
  ];
  for (const headers of wrongTypes) {
    it(`when sent as ${Object.values(headers).join(' ')}, then 415 UNSUPPORTED_MEDIA_TYPE`, async () => {
      const answer = await raw(JSON.stringify(validThing()), headers);
      expect([answer.status, answer.body.code]).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
    });
  }

  it('when an action takes no body, then none and an empty one do, and a field is refused', async () => {
    expect((await demo.api.post('/hello')).status).to.equal(202);
    expect((await demo.api.post('/hello', {})).status).to.equal(202);
    const answer = await demo.api.post('/hello', { to: 'you' });
    expect(answer.body.errors).to.deep.equal([{ path: 'to', message: 'is not a known field' }]);
  });

  describe('its query', () => {
    const list = (query: string) => demo.api.get(`/things?${query}`, { token });

    it('when empty, then paging has its defaults', async () => {
      const { body } = await list('');
      expect(body.data.query).to.deep.equal({ page: 1, pageSize: 20, sort: '-createdAt' });
    });

    it('when given, then values are read from their texts', async () => {
      const { body } = await list('page=2&pageSize=100&sort=size&urgent=true');
      expect(body.data.query).to.deep.equal({ page: 2, pageSize: 100, sort: 'size', urgent: true });
    });

    const wrong: readonly (readonly [string, string])[] = [
      ['page=0', 'page'],
      ['pageSize=101', 'pageSize'],
      ['page=1.5', 'page'],
      ['sort=password', 'sort'],
      ['urgent[$ne]=true', 'urgent[$ne]'],
      ['urgent=', 'urgent'],
      ['ownerId=1', 'ownerId'],
      ['page=1&page=2', 'page'],
      ['__proto__=1', '__proto__'],
      ['unknown=1', 'unknown'],
    ];
    for (const [query, path] of wrong) {
      it(`when ${query}, then 422 at "${path}"`, async () => {
        const answer = await list(query);
        expect(answer.status).to.equal(422);
        expect(answer.body.errors.map((fault) => fault.path)).to.deep.equal([path]);
      });
    }
  });

  describe('its If-Match', () => {
    const change = (ifMatch: string) => demo.api.patch(`/things/${THING_ID}`, validThing(), { token, headers: { 'if-match': ifMatch } });

    for (const [header, versions] of [
      ['"3"', [3]],
      ['"3", "4"', [3, 4]],
      [' , "3",, W/"4" ,"x,y" , "12"', [3, 4, 12]],
      ['W/"4"', [4]],
      ['"x"', []],
      ['""', []],
      ['"04"', []],
      [`"${'9'.repeat(30)}"`, []],
    ] as const)
      it(`when ${header}, then the use case is told which versions it names`, async () => {
        expect((await change(header)).body.data.ifMatch).to.deep.equal(versions);
      });
    it('when *, then no version is asked for', async () => {
      expect((await change('*')).body.data).not.to.have.property('ifMatch');
    });
    for (const header of ['3', '', ',', '"1" "2"', '"1"x', '*, "1"', '"1', 'w/"1"', '"1 2"', `"1",${' ,'.repeat(4_000)}x`]) {
      it(`when ${header.slice(0, 20)}, then 422 at "If-Match"`, async () => {
        const answer = await change(header);
        expect(answer.status).to.equal(422);
        expect(answer.body.errors.map((fault) => fault.path)).to.deep.equal(['If-Match']);
      });
    }
  });
});
