import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { unavailable } from '@riparo/shared/errors/common-errors';
import type { OpenWorkCounts } from '../src/customer/open-work.js';
import { startBench, type Bench } from './bench.js';
import { buildAddress, buildCustomer } from './customer.builder.js';

interface CustomerData {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly version: number;
  readonly possibleDuplicates: readonly { readonly id: string; readonly same: readonly string[] }[];
}

describe('customers', () => {
  let bench: Bench;
  let agent: string;
  /** What the tickets service says of a customer. */
  const open = new Map<string, OpenWorkCounts | 'away'>();
  const openWork = {
    of: async (_tenantId: string, id: string): Promise<OpenWorkCounts> => {
      const counts = open.get(id) ?? { tickets: 0 };
      if (counts === 'away') throw unavailable('The tickets service');
      return counts;
    },
  };
  before(async () => {
    bench = await startBench({ parts: { openWork } });
    agent = bench.tokenFor({ role: 'AGENT' });
  });
  after(() => bench.stop());

  const make = async (part: object = {}) =>
    (await bench.api.post<CustomerData>('/customers', buildCustomer(part), { token: agent })).body.data;
  const search = async (text: string) => {
    const { body } = await bench.api.get<readonly CustomerData[]>(`/customers?search=${encodeURIComponent(text)}`, { token: agent });
    return body.data.map(({ id }) => id);
  };

  describe('POST /customers', () => {
    it('when an agent makes a customer, then it has no login and the others are told', async () => {
      const answer = await bench.api.post<CustomerData>('/customers', buildCustomer({ billingAddress: buildAddress() }), { token: agent });
      expect(answer.status).to.equal(201);
      expect(answer.headers.get('location')).to.equal(`/api/v1/customers/${answer.body.data.id}`);
      expect(answer.headers.get('etag')).to.equal('"1"');
      await bench.idle();
      const event = bench.published.find(({ subject }) => subject === answer.body.data.id)!;
      expect(event.type).to.equal('riparo.auth.customer-created.v1');
      expect(event.data).to.have.nested.include({ 'customer.city': 'Torino', 'customer.status': 'ACTIVE' });
      expect(JSON.stringify(event)).to.not.include('Via Roma');
    });

    it('when data are pasted, then they are kept in their normal form', async () => {
      const pasted = {
        name: 'Nicolo\u0300\u00a0Maria\u200b',
        contactPhone: '\u202a+39\u00a0059\u2011123456\u202c',
        contactEmail: '\u200eNico\uff20Peru\u0300.example',
        sdiCode: '\uff21bc1234\u200d',
      };
      expect(await make(pasted)).to.include({
        name: 'Nicol\u00f2 Maria',
        contactPhone: '+39 059-123456',
        contactEmail: 'nico@per\u00f9.example',
        sdiCode: 'ABC1234',
      });
    });

    it('when nothing in a name or a phone number can be seen, then 422 as if they were empty', async () => {
      const answer = await bench.api.post('/customers', buildCustomer({ name: '\u3164', contactPhone: '\u200b' }), { token: agent });
      expect(answer.body.errors.map(({ path, message }) => `${path} ${message}`)).to.have.members([
        'name must not be empty',
        'contactPhone must not be empty',
      ]);
    });

    it('when a new customer looks like another, then the answer hints at that one', async () => {
      const first = await make({ fiscalCode: 'RCCMNL83S18D969H', contactEmail: 'one@dup.example', contactPhone: '+39 011 111111' });
      const second = await make({ fiscalCode: 'rccmnl83s18d969h', contactEmail: 'two@dup.example', contactPhone: '+39 011 111111' });
      expect(second.possibleDuplicates).to.deep.equal([
        { id: first.id, name: 'Mario', surname: 'Rossi', same: ['fiscalCode', 'contactPhone'] },
      ]);
      const third = await make({ contactEmail: 'three@dup.example', contactPhone: '+39 011 333333' });
      expect(third.possibleDuplicates).to.deep.equal([]);
    });

    it('when repeated with its Idempotency-Key, then one customer', async () => {
      const [body, options] = [buildCustomer({ name: 'Idempotente' }), { token: agent, headers: { 'idempotency-key': 'k1' } }];
      const answers = [await bench.api.post('/customers', body, options), await bench.api.post('/customers', body, options)];
      expect(answers[1]!.body.data.id).to.equal(answers[0]!.body.data.id);
      expect(await search('idempotente')).to.have.length(1);
    });

    it('when the token is missing, then 401, and when the permission is, then 403', async () => {
      expect((await bench.api.post('/customers', buildCustomer())).status).to.equal(401);
      for (const role of ['CUSTOMER_ADMIN', 'CUSTOMER_USER', 'TECH', 'ENGINEER'] as const) {
        expect((await bench.api.post('/customers', buildCustomer(), { token: bench.tokenFor({ role }) })).status).to.equal(403);
      }
    });

    it('when the body has many faults, then all are told at once', async () => {
      const answer = await bench.api.post('/customers', { type: 'X', name: 5, id: 'mine' }, { token: agent });
      expect(answer.body.errors.map(({ path }) => path)).to.include.members(['type', 'name', 'id', 'contactEmail', 'contactPhone']);
    });
  });

  describe('GET /customers', () => {
    it('when searched by name, e-mail, phone or tax code, then case and accents do not matter', async () => {
      const { id } = await make({
        type: 'BUSINESS',
        name: 'Caffè Però S.r.l.',
        surname: undefined,
        contactEmail: 'info@caffepero.example',
        contactPhone: '+39 0141 998877',
        fiscalCode: 'CNTCHR83T41D969D',
        vatNumber: '00743110157',
      });
      for (const text of [
        'caffe',
        'PERÒ',
        'info@caffepero',
        '0141 998877',
        '+39 0141 99',
        'cntchr83t41',
        '00743110157',
        'IT00743110157',
        'pero caf',
      ]) {
        expect(await search(text), text).to.deep.equal([id]);
      }
      for (const text of ['caffe rossi', '.*', '^z', '(a+)+$', '[', '$where', '\\']) expect(await search(text), text).to.not.include(id);
    });

    it('when a search is a hostile pattern, then it finds nothing', async () => {
      expect(await search('((a+)+)+$'.repeat(20).slice(0, 200))).to.deep.equal([]);
    });

    it('when filtered by type and status, then those customers come, sorted by name', async () => {
      await make({ type: 'NONPROFIT', name: 'Zeta', surname: undefined });
      await make({ type: 'NONPROFIT', name: 'Alfa', surname: undefined });
      const { body } = await bench.api.get<readonly CustomerData[]>('/customers?type=NONPROFIT&status=ACTIVE&sort=name', { token: agent });
      expect(body.data.map(({ name }) => name)).to.deep.equal(['Alfa', 'Zeta']);
    });
  });

  describe('PUT /customers/:id', () => {
    it('when the same data are put twice, then they are replaced and told once', async () => {
      const { id } = await make({ fiscalCode: 'RCCMNL83S18D969H', name: 'Prima' });
      const put = () => bench.api.put<CustomerData>(`/customers/${id}`, buildCustomer({ name: 'Seconda' }), { token: agent });
      const answer = await put();
      expect(answer.body.data).to.include({ name: 'Seconda', version: 2 });
      expect(answer.body.data).to.not.have.property('fiscalCode');
      expect((await put()).body.data.version).to.equal(2);
      expect(await bench.eventsAbout(id)).to.deep.equal(['riparo.auth.customer-created.v1', 'riparo.auth.customer-updated.v1']);
      expect(await search('prima')).to.not.include(id);
      expect(await search('seconda')).to.include(id);
    });

    it('when If-Match is stale, then 412, and when the id is unknown, then 404', async () => {
      const { id } = await make();
      const put = (to: string, headers = {}) => bench.api.put(`/customers/${to}`, buildCustomer({ name: 'X' }), { token: agent, headers });
      expect((await put(id, { 'if-match': '"7"' })).status).to.equal(412);
      expect((await put('018f0000-0000-7000-8000-000000000000')).status).to.equal(404);
    });
  });

  describe('GET and PUT /customers/:id/profile', () => {
    it('when a customer reads and writes its profile, then its own is there and no other exists', async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const path = `/customers/${mine.customer!.id}/profile`;
      const profile = { contactPhone: '+39 333 7654321', billingAddress: buildAddress(), fiscalCode: 'RCCMNL83S18D969H' };
      const answer = await bench.api.put<CustomerData>(path, profile, { token: mine.token });
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.deep.include({ ...profile, name: 'Mario', surname: 'Rossi' });
      const read = await bench.api.get<CustomerData>(path, { token: mine.token });
      expect(read.body.data).to.deep.equal(answer.body.data);
      for (const token of [other.token, bench.tokenFor({ role: 'CUSTOMER_ADMIN' })]) {
        expect((await bench.api.get(path, { token })).status).to.equal(404);
        expect((await bench.api.put(path, profile, { token })).status).to.equal(404);
      }
      expect(
        (await bench.api.get(path, { token: bench.tokenFor({ role: 'CUSTOMER_USER', customerId: mine.customer!.id }) })).status,
      ).to.equal(403);
      expect((await bench.api.put(path, { status: 'SUSPENDED' }, { token: mine.token })).status).to.equal(422);
    });

    it('when the new profile lacks what its country asks for, then 422 names the field', async () => {
      const mine = await bench.registerCustomer({ customer: { type: 'BUSINESS', name: 'Ditta' } });
      const answer = await bench.api.put(
        `/customers/${mine.customer!.id}/profile`,
        { billingAddress: buildAddress() },
        { token: mine.token },
      );
      expect([answer.status, answer.body.errors.map(({ path }) => path)]).to.deep.equal([422, ['vatNumber']]);
    });
  });

  describe('DELETE /customers/:id', () => {
    it('when a customer is closed, then nothing of it can be changed', async () => {
      const { id } = await make();
      expect((await bench.api.delete(`/customers/${id}`, { token: agent })).status).to.equal(204);
      expect((await bench.api.get<CustomerData>(`/customers/${id}`, { token: agent })).body.data.status).to.equal('CLOSED');
      const late = await bench.api.put(`/customers/${id}`, buildCustomer({ name: 'Late' }), { token: agent });
      expect([late.status, late.body.code]).to.deep.equal([409, 'CUSTOMER_CLOSED']);
      expect((await bench.eventsAbout(id)).at(-1)).to.equal('riparo.auth.customer-closed.v1');
    });

    it('when work is open, then 409 tells how much of what, and nothing is closed', async () => {
      const { id } = await make();
      open.set(id, { tickets: 0, repairs: 2 });
      const close = () => bench.api.delete(`/customers/${id}`, { token: agent });
      const answer = await close();
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'CUSTOMER_HAS_OPEN_WORK']);
      expect(answer.body.openWork).to.deep.equal({ tickets: 0, repairs: 2 });
      expect((await bench.api.get<CustomerData>(`/customers/${id}`, { token: agent })).body.data.status).to.equal('ACTIVE');
      open.set(id, { tickets: 0, repairs: 0 });
      expect((await close()).status).to.equal(204);
    });

    it('when nobody can tell whether work is open, then 503, and an unknown customer is still 404', async () => {
      const { id } = await make();
      open.set(id, 'away');
      expect((await bench.api.delete(`/customers/${id}`, { token: agent })).status).to.equal(503);
      expect((await bench.api.delete(`/customers/${randomUUID()}`, { token: agent })).status).to.equal(404);
    });
  });

  describe('POST /internal/customers', () => {
    const intake = (part: object, key: string) =>
      bench.api.post<CustomerData>('/internal/customers', buildCustomer(part), {
        token: bench.platform.serviceTokens.mint(),
        root: true,
        headers: { 'idempotency-key': key },
      });

    it('when the desk takes a stranger in again, then the customer made first is found', async () => {
      const data = { name: 'Walk', surname: 'In', contactEmail: 'walk@in.example' };
      const first = await intake(data, 'intake-1');
      expect(first.status).to.equal(201);
      expect((await intake(data, 'intake-1')).body.data.id).to.equal(first.body.data.id);
      const later = await intake(data, 'intake-2');
      expect([later.status, later.body.data.id]).to.deep.equal([200, first.body.data.id]);
      const other = await intake({ ...data, name: 'Somebody else' }, 'intake-3');
      expect(other.body.data.id).to.not.equal(first.body.data.id);
      const read = await bench.api.get<CustomerData>(`/internal/customers/${first.body.data.id}`, {
        token: bench.platform.serviceTokens.mint(),
        root: true,
      });
      expect(read.body.data).to.include({ id: first.body.data.id, name: 'Walk', version: 1 });
    });

    it('when several desks take the same stranger in at once, then there is one of them', async () => {
      const data = { name: 'Crowd', surname: 'Ed', contactEmail: 'crowd@in.example', fiscalCode: 'RCCMNL83S18D96VW' };
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => intake(data, `crowd-${index}`)));
      expect(new Set(answers.map(({ body }) => body.data.id)).size, JSON.stringify(answers.map(({ body }) => body))).to.equal(1);
      const { id } = answers[0]!.body.data;
      expect((await bench.api.get<object>(`/customers/${id}`, { token: agent })).body.data).to.not.have.property('intakeKeys');
      expect((await bench.api.delete(`/customers/${id}`, { token: agent })).status).to.equal(204);
      const again = await intake(data, 'crowd-again');
      expect([again.status, again.body.data.id === id]).to.deep.equal([201, false]);
    });

    describe('when somebody has registered with the data of another person', () => {
      const VICTIM = { name: 'Vera', surname: 'Conti', contactEmail: 'vera@in.example', fiscalCode: 'CNTVRE83T41D969A' };
      const claim = async (part: object, email = `claimant-${randomUUID()}@example.test`): Promise<string> => {
        const { user } = await bench.registerCustomer({ email, customer: buildCustomer({ contactEmail: email, ...part }) });
        return String(user.customerId);
      };
      const candidatesOf = (body: object) => (body as { candidates?: readonly { id: string }[] }).candidates?.map(({ id }) => id);

      for (const [what, part] of [
        ['name and contact address', { ...VICTIM, fiscalCode: undefined }],
        ['fiscal code', { fiscalCode: VICTIM.fiscalCode }],
      ] as const)
        it(`when it was the ${what}, then the intake binds nothing to that account, and the desk is asked`, async () => {
          const claimed = await claim(part);
          const refused = await intake(VICTIM, `claimed-${what}`);
          expect([refused.status, refused.body.code]).to.deep.equal([409, 'CUSTOMER_AMBIGUOUS']);
          expect(candidatesOf(refused.body)).to.include(claimed);
        });

      it('when there is a record without an account too, then the intake finds that one', async () => {
        const data = { ...VICTIM, contactEmail: 'other@in.example', fiscalCode: 'BNCMRA80A41F257Q' };
        const own = await intake(data, 'own-record');
        expect(own.status).to.equal(201);
        await claim({ fiscalCode: data.fiscalCode });
        const again = await intake(data, 'own-record-again');
        expect([again.status, again.body.data.id]).to.deep.equal([200, own.body.data.id]);
      });

      it('when the account has verified the very address of the form, then it is the same person', async () => {
        const email = 'verified@in.example';
        const claimed = await claim({ ...VICTIM, fiscalCode: undefined, contactEmail: email }, email);
        const verified = await bench.api.post('/auth/verify-email', { token: await bench.linkTo(email) });
        expect(verified.status).to.equal(200);
        const found = await intake({ ...VICTIM, fiscalCode: undefined, contactEmail: email }, 'verified');
        expect([found.status, found.body.data.id]).to.deep.equal([200, claimed]);
      });
    });

    it('when name and e-mail are the same but the fiscal code is another, then it is somebody else', async () => {
      const data = { name: 'Mario', surname: 'Bianchi', contactEmail: 'family@in.example' };
      const father = await intake({ ...data, fiscalCode: 'RCCMNL83S18D969H' }, 'father');
      const son = await intake({ ...data, fiscalCode: 'CNTCHR83T41D969D' }, 'son');
      expect(son.body.data.id).to.not.equal(father.body.data.id);
    });
  });
});
