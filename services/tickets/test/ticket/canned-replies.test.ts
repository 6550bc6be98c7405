import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { fillIn, placeholderFault, PLACEHOLDERS } from '../../src/ticket/canned-reply/placeholders.js';
import { startBench, type ActivityView, type Bench, type Person } from '../bench.js';

interface View {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

describe('canned replies', () => {
  let bench: Bench;
  let agent: Person;
  let tech: Person;
  beforeEach(async () => {
    bench = await startBench();
    [agent, tech] = [bench.person('AGENT'), bench.person('TECH')];
  });
  afterEach(() => bench.stop());

  const build = (overrides: Readonly<Record<string, unknown>> = {}) => ({ title: 'Greeting', body: 'Hello', isShared: true, ...overrides });
  const add = (by: Person, overrides?: Readonly<Record<string, unknown>>) => bench.api.post<View>('/canned-replies', build(overrides), by);
  const titles = async (by: Person, query = ''): Promise<string[]> =>
    (await bench.api.get<View[]>(`/canned-replies${query}`, by)).body.data.map(({ title }) => title);

  it('when the desk shares one, then all staff may use it, and only the desk may change it', async () => {
    const { status, body, headers } = await add(agent);
    expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/canned-replies/${body.data.id}`]);
    expect(body.data).to.deep.include({ title: 'Greeting', isShared: true, ownerUserId: agent.caller.userId });
    expect(body.data).not.to.have.any.keys('words', 'list', 'titleKey');
    const path = `/canned-replies/${body.data.id}`;
    for (const role of ['TECH', 'ENGINEER', 'AGENT', 'ADMIN', 'SUPER_ADMIN'] as const)
      expect((await bench.api.get(path, bench.person(role))).status).to.equal(200);
    expect((await bench.api.put(path, build({ body: 'Mine' }), tech)).body.code).to.equal('CANNED_REPLY_NOT_YOURS');
    expect((await bench.api.delete(path, tech)).body.code).to.equal('CANNED_REPLY_NOT_YOURS');
    expect((await add(tech, { title: 'For all' })).body.code).to.equal('CANNED_REPLY_NOT_YOURS');
    expect((await bench.api.put<View>(path, build({ body: 'Hi' }), bench.person('ADMIN'))).body.data.body).to.equal('Hi');
  });

  it("when a technician keeps their own, then nobody else's list has it, and it does not exist for them", async () => {
    const { body } = await add(tech, { isShared: false });
    const path = `/canned-replies/${body.data.id}`;
    expect([await titles(tech), await titles(agent)]).to.deep.equal([['Greeting'], []]);
    for (const other of [agent, bench.person('TECH')]) {
      expect((await bench.api.get(path, other)).body.code).to.equal('CANNED_REPLY_NOT_FOUND');
      expect((await bench.api.put(path, build(), other)).body.code).to.equal('CANNED_REPLY_NOT_FOUND');
      expect((await bench.api.delete(path, other)).body.code).to.equal('CANNED_REPLY_NOT_FOUND');
    }
    expect((await bench.api.put(path, build({ isShared: true }), tech)).body.code).to.equal('CANNED_REPLY_NOT_YOURS');
    expect((await bench.api.delete(path, tech)).status).to.equal(204);
    expect((await bench.api.get(path, tech)).status).to.equal(404);
  });

  it('when customers ask, then 403', async () => {
    const rosa = await bench.customer();
    const id = (await add(agent)).body.data.id;
    expect((await bench.api.get('/canned-replies', rosa)).status).to.equal(403);
    expect((await add(rosa)).status).to.equal(403);
    expect((await bench.api.get(`/canned-replies/${id}`, rosa)).status).to.equal(403);
    expect((await bench.api.post(`/canned-replies/${id}/render`, { ticketId: randomUUID() }, rosa)).status).to.equal(403);
    expect((await bench.api.get('/canned-replies')).status).to.equal(401);
  });

  it('when a title is taken, in whatever letters, then 409; it is free again once removed', async () => {
    const { body } = await add(agent);
    const answers = await Promise.all([add(agent, { title: 'GREETING' }), add(agent, { title: 'Other' })]);
    expect(answers.map((answer) => answer.body.code)).to.deep.equal(['CANNED_REPLY_TITLE_TAKEN', undefined]);
    const other = `/canned-replies/${answers[1].body.data.id}`;
    expect((await bench.api.put(other, build(), agent)).body.code).to.equal('CANNED_REPLY_TITLE_TAKEN');
    expect((await add(tech, { isShared: false })).status).to.equal(201);
    await bench.api.delete(`/canned-replies/${body.data.id}`, agent);
    expect((await bench.api.put(other, build(), agent)).status).to.equal(200);
  });

  it('when two add the same title at once, then one wins', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => add(agent)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
  });

  it('when somebody else changed it meanwhile, then 412 with If-Match', async () => {
    const { body, headers } = await add(agent);
    const path = `/canned-replies/${body.data.id}`;
    const ifMatch = { headers: { 'if-match': headers.get('etag') ?? '' } };
    expect((await bench.api.put(path, build({ body: 'A' }), { ...agent, ...ifMatch })).status).to.equal(200);
    expect((await bench.api.put(path, build({ body: 'B' }), { ...agent, ...ifMatch })).status).to.equal(412);
    expect((await bench.api.delete(path, { ...agent, ...ifMatch })).status).to.equal(412);
  });

  it('when listed, then filtered, searched and sorted as asked', async () => {
    await add(agent, { title: 'Welcome', category: 'QUESTION' });
    await add(agent, { title: 'bring it in', category: 'HARDWARE', body: 'Please bring {{asset.name}} to the desk.' });
    await add(agent, { title: 'Mine', isShared: false });
    const expected: Readonly<Record<string, readonly string[]>> = {
      '?sort=title': ['bring it in', 'Mine', 'Welcome'],
      '?sort=-title': ['Welcome', 'Mine', 'bring it in'],
      '?category=HARDWARE': ['bring it in'],
      '?isShared=false': ['Mine'],
      '?isShared=true&sort=title': ['bring it in', 'Welcome'],
      '?search=bri%20desk': ['bring it in'],
      '?search=.*': [],
      '?search=welc&category=HARDWARE': [],
    };
    for (const [query, found] of Object.entries(expected)) expect(await titles(agent, query), query).to.deep.equal(found);
    expect((await bench.api.get('/canned-replies?category=NOPE&nope=1', agent)).status).to.equal(422);
  });

  it('when a body has unknown placeholders, then 422 names them and the known ones', async () => {
    const { status, body } = await add(agent, { body: 'Dear {{customer.password}}, {{ nope }}' });
    expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['body']]);
    for (const text of ['{{customer.password}}', '{{ nope }}', '{{ticket.number}}']) expect(body.errors[0]?.message).to.contain(text);
    expect((await add(agent, { title: '', ownerUserId: randomUUID() })).body.errors.map(({ path }) => path)).to.have.members([
      'title',
      'ownerUserId',
    ]);
  });

  describe('used for a ticket', () => {
    const everything = PLACEHOLDERS.map((name) => `${name}={{ ${name} }}`).join('; ');
    const scene = async () => {
      const rosa = await bench.customer();
      await bench.settings({ companyName: 'Officina Riparo' });
      const elena = await bench.technician({ name: 'Elena' });
      const asset = await bench.asset({ customerId: rosa.customer.id });
      const ticket = await bench.open(rosa, { assetId: asset.id, title: 'No {{customer.name}} <b>sound</b>' });
      return { rosa, elena, ticket, id: (await add(agent, { body: everything })).body.data.id };
    };
    const filled =
      "customer.name=Rosa Bianchi; ticket.number=TKT-2026-001; ticket.title=No {{customer.name}} <b>sound</b>; technician.name=Elena; asset.name=Rosa's laptop; company.name=Officina Riparo";

    it('when rendered, then every placeholder is filled in as it is, and nothing in a value is', async () => {
      const { ticket, id } = await scene();
      const { status, body } = await bench.api.post(`/canned-replies/${id}/render`, { ticketId: ticket.id }, agent);
      expect([status, body.data.body]).to.deep.equal([200, filled.replace('2026', ticket.ticketNumber.slice(4, 8))]);
    });

    it('when a reply names it, then that is what is said', async () => {
      const { rosa, elena, ticket, id } = await scene();
      const { status } = await bench.api.post(`/tickets/${ticket.id}/reply`, { cannedReplyId: id }, elena);
      expect(status).to.equal(201);
      const said = (await bench.read(rosa, ticket.id)).activities.find((activity: ActivityView) => activity.type === 'COMMENT');
      expect(said?.body).to.contain('technician.name=Elena');
    });

    it('when the ticket is not theirs, both or neither are named, or a customer asks, then it is refused', async () => {
      const { rosa, ticket, id } = await scene();
      expect((await bench.api.post(`/canned-replies/${id}/render`, { ticketId: ticket.id }, tech)).body.code).to.equal('TICKET_NOT_FOUND');
      const say = (by: Person, body: unknown) => bench.api.post(`/tickets/${ticket.id}/reply`, body, by);
      expect((await say(agent, { cannedReplyId: randomUUID() })).body.code).to.equal('CANNED_REPLY_NOT_FOUND');
      expect((await say(rosa, { cannedReplyId: id })).body.errors.map(({ path }) => path)).to.deep.equal(['cannedReplyId']);
      expect((await say(agent, { body: 'x', cannedReplyId: id })).status).to.equal(422);
      expect((await say(agent, {})).body.errors).to.deep.equal([{ path: 'body', message: 'is required' }]);
    });
  });

  describe('placeholders', () => {
    for (const [text, fine] of [
      ['no placeholder { at } all', true],
      ['{{customer.name}}{{ticket.number}}', true],
      ['{{customer.name', false],
      ['}}', false],
      ['{{}}', false],
      ['{{#if x}}', false],
      ['{{constructor}}', false],
      ['{{{customer.name}}}', false],
    ] as const) {
      it(`when the text is ${text}, then it is ${fine ? 'fine' : 'refused'}`, () => {
        expect(placeholderFault(text) === undefined).to.equal(fine);
      });
    }
    it('when a value is not known, then it is left out', () => {
      expect(fillIn('A{{asset.name}}B$&{{ticket.title}}', { 'ticket.title': '$1' })).to.equal('AB$&$1');
    });
  });
});
