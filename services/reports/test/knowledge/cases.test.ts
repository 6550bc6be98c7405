import { randomUUID } from 'node:crypto';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { LAPTOP, startKnowledgeBench, type Case, type KnowledgeBench } from './knowledge-bench.js';

const BODY = { device: LAPTOP, symptom: 'Battery does not charge', solution: 'Replaced the DC jack and reset the controller.' };
const STAFF: readonly Role[] = ['AGENT', 'TECH', 'ENGINEER', 'ADMIN', 'SUPER_ADMIN'];
const CURATORS: readonly Role[] = ['ENGINEER', 'ADMIN', 'SUPER_ADMIN'];
const CUSTOMERS: readonly Role[] = ['CUSTOMER_USER', 'CUSTOMER_ADMIN'];

describe('knowledge cases', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());
  const add = (part: object = {}) => bench.done('POST', '/knowledge', 'ENGINEER', { ...BODY, ...part });

  it('when an engineer writes a case, then it is a draft with what was written', async () => {
    const made = await add({ minutes: 30, parts: [{ sku: 'DC-1', name: 'DC jack' }], tags: ['Power'], cause: 'Loose jack' });
    expect(made).to.deep.include({
      ...BODY,
      status: 'DRAFT',
      public: false,
      minutes: 30,
      tags: ['power'],
      cause: 'Loose jack',
      version: 1,
      sources: [],
      removed: [],
    });
    expect(await bench.done('GET', `/knowledge/${made.id}`, 'ADMIN')).to.deep.equal(made);
  });

  it('when the same creation is repeated under its key, then there is one case', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const [one, other] = [
      await bench.ask('POST', '/knowledge', 'ENGINEER', BODY, headers),
      await bench.ask('POST', '/knowledge', 'ENGINEER', BODY, headers),
    ];
    expect([one.status, other.data.id]).to.deep.equal([201, one.data.id]);
    expect((await bench.list()).length).to.equal(1);
  });

  it('when input is wrong, then 422 VALIDATION_FAILED', async () => {
    for (const body of [
      {},
      { ...BODY, solution: '' },
      { ...BODY, device: { brand: 'x' } },
      { ...BODY, status: 'PUBLISHED' },
      { ...BODY, tags: Array(21).fill('a') },
    ])
      expect((await bench.ask('POST', '/knowledge', 'ENGINEER', body)).body.code).to.equal('VALIDATION_FAILED');
  });

  it('when a role asks, then only curators write, staff read all, and customers what is published for them', async () => {
    const [draft, hidden, open] = [await add(), await bench.published({}, false), await bench.published()];
    const writes = [
      ['POST', '/knowledge', BODY, 201],
      ['PATCH', `/knowledge/${draft.id}`, { symptom: 'No charge' }, 200],
      ['GET', `/knowledge/${draft.id}/versions`, undefined, 200],
      ['POST', `/knowledge/${draft.id}/publish`, {}, 200],
      ['POST', `/knowledge/${draft.id}/retire`, undefined, 200],
      ['POST', `/knowledge/${draft.id}/merge`, { intoId: hidden.id }, 200],
    ] as const;
    for (const role of [...STAFF, ...CUSTOMERS])
      for (const [method, path, body, status] of CURATORS.includes(role) && role !== 'ENGINEER' ? [] : writes)
        expect((await bench.ask(method, path, role, body)).status, `${method} ${path} by ${role}`).to.equal(
          role === 'ENGINEER' ? status : 403,
        );
    const again = await add();
    for (const role of STAFF) {
      expect((await bench.list('', role)).map(({ id }) => id)).to.include.members([again.id, hidden.id, open.id]);
      expect((await bench.ask('GET', `/knowledge/${again.id}`, role)).status).to.equal(200);
      expect('removed' in (await bench.done('GET', `/knowledge/${again.id}`, role))).to.equal(CURATORS.includes(role));
    }
    for (const role of CUSTOMERS) {
      expect((await bench.list('', role)).map(({ id }) => id)).to.deep.equal([open.id]);
      expect((await bench.list('?status=DRAFT', role)).length).to.equal(0);
      expect((await bench.list('?search=jack', role)).map(({ id }) => id)).to.deep.equal([open.id]);
      for (const { id } of [again, hidden])
        expect((await bench.ask('GET', `/knowledge/${id}`, role)).body.code).to.equal('KNOWLEDGE_NOT_FOUND');
      expect(Object.keys(await bench.done('GET', `/knowledge/${open.id}`, role))).to.not.include.members(['sources']);
    }
    expect((await bench.api.get('/knowledge')).status).to.equal(401);
  });

  it('when another tenant asks, then there is nothing', async () => {
    const { id } = await bench.published();
    const token = bench.tokenOf('ENGINEER', { tenantId: 'elsewhere' });
    const answers = await Promise.all([
      bench.api.get(`/knowledge/${id}`, { token }),
      bench.api.get(`/knowledge/${id}/versions`, { token }),
      bench.api.patch(`/knowledge/${id}`, { symptom: 'x' }, { token }),
      bench.api.post(`/knowledge/${id}/publish`, {}, { token }),
      bench.api.post(`/knowledge/${id}/useful`, {}, { token }),
      bench.api.post(`/knowledge/${id}/merge`, { intoId: randomUUID() }, { token }),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 404));
    for (const path of ['/knowledge', '/knowledge?search=jack'])
      expect((await bench.api.get<readonly Case[]>(path, { token })).body.data).to.deep.equal([]);
    const { body } = await bench.api.post<readonly Case[]>('/knowledge/suggestions', { text: 'Battery does not charge' }, { token });
    expect(body.data).to.deep.equal([]);
  });

  it('when a case is edited, then what it said before is kept', async () => {
    const { id } = await add({ cause: 'Loose jack' });
    await bench.done('PATCH', `/knowledge/${id}`, 'ENGINEER', { symptom: 'No charge', cause: null });
    const now = await bench.done('POST', `/knowledge/${id}/publish`, 'ADMIN', {});
    expect(now).to.deep.include({ status: 'PUBLISHED', symptom: 'No charge', version: 3 });
    expect(now.cause).to.equal(undefined);
    interface Version {
      readonly version: number;
      readonly symptom: string;
      readonly status: string;
      readonly cause?: string;
      readonly byUserId?: string;
    }
    const versions = await bench.done<readonly Version[]>('GET', `/knowledge/${id}/versions`, 'ENGINEER');
    expect(versions.map(({ version, symptom, cause, status }) => [version, symptom, cause, status])).to.deep.equal([
      [3, 'No charge', undefined, 'PUBLISHED'],
      [2, 'No charge', undefined, 'DRAFT'],
      [1, BODY.symptom, 'Loose jack', 'DRAFT'],
    ]);
    expect(versions.map(({ byUserId }) => byUserId)).to.deep.equal([
      bench.userIdOf('ADMIN'),
      bench.userIdOf('ENGINEER'),
      bench.userIdOf('ENGINEER'),
    ]);
    const second = await bench.done<readonly Version[]>('GET', `/knowledge/${id}/versions?pageSize=1&page=2&sort=version`, 'ENGINEER');
    expect(second.map(({ version }) => version)).to.deep.equal([2]);
  });

  it('when two editors change the same version, then the second one is 412', async () => {
    const { id, version } = await add();
    const headers = { 'If-Match': `"${version}"` };
    const answers = await Promise.all(
      ['A', 'B'].map((symptom) => bench.ask('PATCH', `/knowledge/${id}`, 'ENGINEER', { symptom: `Symptom ${symptom}` }, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
    for (const action of ['publish', 'retire', 'merge'])
      expect(
        (
          await bench.ask(
            'POST',
            `/knowledge/${id}/${action}`,
            'ENGINEER',
            action === 'merge' ? { intoId: (await add()).id } : action === 'publish' ? {} : undefined,
            headers,
          )
        ).body.code,
      ).to.equal('STALE_VERSION');
  });

  it('when somebody says that a case helped, then the version of an editor stays good', async () => {
    const { id, version } = await bench.published();
    await bench.done('POST', `/knowledge/${id}/useful`, 'TECH', {});
    expect(
      (await bench.ask('PATCH', `/knowledge/${id}`, 'ENGINEER', { symptom: 'No charge' }, { 'If-Match': `"${version}"` })).status,
    ).to.equal(200);
  });

  it('when a text names somebody, then it is refused and told what was found', async () => {
    await bench.customer();
    await bench.person({ name: 'Oberon Fitzgerald', role: 'TECH' });
    const refused = await bench.ask('POST', '/knowledge', 'ENGINEER', {
      ...BODY,
      symptom: 'Fitzgerald cannot charge',
      tags: ['a@example.com'],
    });
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'KNOWLEDGE_PERSONAL_DATA']);
    expect(refused.body.found).to.deep.equal([
      { field: 'symptom', kind: 'name', text: 'Fitzgerald' },
      { field: 'tags.0', kind: 'mail', text: 'a@example.com' },
    ]);
    const { id } = await add();
    for (const body of [
      { solution: 'Call 347 1234567 first, then replace it.' },
      { cause: 'S/N PF3X9K21' },
      { parts: [{ name: 'Key for Sig. Ranzani' }] },
      { device: { ...LAPTOP, model: 'PC of Fitzgerald' } },
    ])
      expect((await bench.ask('PATCH', `/knowledge/${id}`, 'ENGINEER', body)).body.code).to.equal('KNOWLEDGE_PERSONAL_DATA');
  });

  it('when somebody is known since the draft was made, then it is not published with their name', async () => {
    const { id } = await add({ solution: 'Thistlewood replaced the DC jack.' });
    await bench.person({ name: 'Ann Thistlewood', role: 'AGENT' });
    const refused = await bench.ask('POST', `/knowledge/${id}/publish`, 'ENGINEER', {});
    expect(refused.body.found).to.deep.equal([{ field: 'solution', kind: 'name', text: 'Thistlewood' }]);
    await bench.done('PATCH', `/knowledge/${id}`, 'ENGINEER', { solution: 'Replaced the DC jack of the board.' });
    expect((await bench.ask('POST', `/knowledge/${id}/publish`, 'ENGINEER', {})).status).to.equal(200);
  });

  it('when a rule is mistaken, then an editor says so; a mail address is refused all the same', async () => {
    const body = { ...BODY, solution: 'Set the theme to Via Lattea and restarted.' };
    expect((await bench.ask('POST', '/knowledge', 'ENGINEER', body)).body.code).to.equal('KNOWLEDGE_PERSONAL_DATA');
    const { id } = await add({ ...body, notPersonal: ['Via Lattea'] });
    expect((await bench.ask('POST', `/knowledge/${id}/publish`, 'ENGINEER', {})).status).to.equal(200);
    const stays = { solution: 'Mail a@example.com about it.', notPersonal: ['a@example.com'] };
    expect((await bench.ask('PATCH', `/knowledge/${id}`, 'ENGINEER', stays)).body.code).to.equal('KNOWLEDGE_PERSONAL_DATA');
  });

  it('when a case is retired, then it is not edited until it is published again', async () => {
    const { id } = await bench.published();
    expect((await bench.done('POST', `/knowledge/${id}/retire`, 'ENGINEER')).status).to.equal('RETIRED');
    expect((await bench.ask('PATCH', `/knowledge/${id}`, 'ENGINEER', { symptom: 'x y' })).body.code).to.equal('KNOWLEDGE_RETIRED');
    expect((await bench.ask('POST', `/knowledge/${id}/useful`, 'TECH', {})).body.code).to.equal('KNOWLEDGE_RETIRED');
    expect((await bench.ask('GET', `/knowledge/${id}`, 'CUSTOMER_USER')).status).to.equal(404);
    expect((await bench.done('POST', `/knowledge/${id}/publish`, 'ENGINEER', {})).status).to.equal('PUBLISHED');
  });
});
