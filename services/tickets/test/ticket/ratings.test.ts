import { RATING_LINK } from '@riparo/shared/contracts/links';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person } from '../bench.js';

describe('satisfaction ratings', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const setStatus = (id: string, status: string, by = agent) => bench.api.patch(`/tickets/${id}/status`, { status }, by);
  const closed = async (by: Person = rosa, overrides?: Readonly<Record<string, unknown>>): Promise<string> => {
    const { id } = await bench.open(by, overrides);
    await setStatus(id, 'CLOSED');
    return id;
  };
  const rate = (id: string, by: Person | undefined = rosa, body: unknown = { score: 4, comment: 'Fast.' }) =>
    bench.api.post(`/tickets/${id}/rating`, body, by);
  const linkOf = (id: string, days = 30, purpose = RATING_LINK) =>
    bench.test.platform.links.sign(
      purpose,
      { tenantId: 'default', subjectId: id },
      new Date(bench.test.clock.now().getTime() + days * DAY_MS),
    );
  const rateByLink = (token: string, body: unknown = { score: 5 }) => bench.api.post(`/public/ratings/${token}`, body);

  describe('POST /tickets/:id/rating', () => {
    it('when the ticket is closed, then the rating is on it, in its timeline and announced', async () => {
      const id = await closed();
      const { status, body } = await rate(id);
      expect([status, body.data.score, body.data.comment]).to.deep.equal([201, 4, 'Fast.']);
      for (const reader of [rosa, agent]) {
        const ticket = await bench.read(reader, id);
        expect(ticket.rating).to.deep.include({ score: 4, comment: 'Fast.', ratedByUserId: rosa.caller.userId });
        const entry = ticket.activities.at(-1);
        expect([entry?.body, entry?.metadata, entry?.authorUserId]).to.deep.equal([
          'Rated 4 of 5: Fast.',
          { rating: { score: 4 } },
          rosa.caller.userId,
        ]);
      }
      const event = (await bench.events()).at(-1);
      expect([event?.type, event?.data.score, event?.data.comment]).to.deep.equal(['ticket-rated', 4, 'Fast.']);
      expect(event?.data.ticket).to.include({ id, ratingScore: 4 });
    });

    it('when it was rated before, then 409, also after it was reopened and closed again', async () => {
      const id = await closed();
      await rate(id);
      expect((await rate(id)).body.code).to.equal('TICKET_ALREADY_RATED');
      await setStatus(id, 'IN_PROGRESS');
      await setStatus(id, 'CLOSED');
      expect((await rate(id, rosa, { score: 1 })).body.code).to.equal('TICKET_ALREADY_RATED');
      expect((await bench.read(rosa, id)).rating).to.include({ score: 4 });
    });

    it('when it is not closed, or was closed too long ago, then 409', async () => {
      const { id } = await bench.open(rosa);
      expect((await rate(id)).body.code).to.equal('TICKET_NOT_CLOSED');
      await setStatus(id, 'CLOSED');
      bench.test.clock.advance(30 * DAY_MS + 1);
      expect((await rate(id)).body.code).to.equal('RATING_PERIOD_OVER');
    });

    it('when staff opened it for themselves, then 409; for a customer on the phone it can be rated', async () => {
      const customerId = rosa.customer.id;
      expect((await rate(await closed(agent, { customerId, source: 'INTERNAL' }))).body.code).to.equal('TICKET_NOT_RATABLE');
      expect((await rate(await closed(agent, { customerId, source: 'PHONE' }))).status).to.equal(201);
    });

    it('when it is somebody else or nobody, then no rating', async () => {
      const id = await closed();
      expect((await rate(id, await bench.customer())).body.code).to.equal('TICKET_NOT_FOUND');
      for (const role of ['AGENT', 'TECH', 'ADMIN'] as const) expect((await rate(id, bench.person(role))).status).to.equal(403);
      expect((await bench.api.post(`/tickets/${id}/rating`, { score: 5 })).status).to.equal(401);
    });

    for (const [what, body, path] of [
      ['no score', {}, 'score'],
      ['0', { score: 0 }, 'score'],
      ['6', { score: 6 }, 'score'],
      ['half a point', { score: 2.5 }, 'score'],
      ['a text', { score: '5' }, 'score'],
      ['an endless comment', { score: 5, comment: 'x'.repeat(2_001) }, 'comment'],
      ['another field', { score: 5, ratedByUserId: randomUUID() }, 'ratedByUserId'],
    ] as const) {
      it(`when it holds ${what}, then 422`, async () => {
        const { status, body: answer } = await rate(await closed(), rosa, body);
        expect([status, answer.errors.map((fault) => fault.path)]).to.deep.equal([422, [path]]);
      });
    }

    it('when two rate at once, then one wins and the other gets 409', async () => {
      const id = await closed();
      const answers = await Promise.all([rate(id, rosa, { score: 5 }), rate(id, rosa, { score: 1 }), rateByLink(linkOf(id))]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
      expect((await bench.events()).filter(({ type }) => type === 'ticket-rated')).to.have.length(1);
    });

    it('when it is repeated with its Idempotency-Key, then the first answer comes again', async () => {
      const id = await closed();
      const options = { ...rosa, headers: { 'idempotency-key': randomUUID() } };
      const send = () => bench.api.post(`/tickets/${id}/rating`, { score: 3 }, options);
      expect([(await send()).status, (await send()).status]).to.deep.equal([201, 201]);
    });
  });

  describe('/public/ratings/:token', () => {
    it('when a link is followed, then it tells what is rated, and takes one rating without login', async () => {
      const id = await closed();
      const token = linkOf(id);
      const { body } = await bench.api.get(`/public/ratings/${token}`);
      expect(body.data).to.deep.equal({ ticketNumber: 'TKT-2026-001', title: "Laptop won't boot", canRate: true });
      expect((await rateByLink(token, { score: 2, comment: 'Late' })).status).to.equal(201);
      expect((await bench.read(agent, id)).rating).to.deep.include({ score: 2, comment: 'Late' });
      expect((await bench.api.get(`/public/ratings/${token}`)).body.data).to.deep.include({
        canRate: false,
        reason: 'TICKET_ALREADY_RATED',
      });
      expect((await rateByLink(token)).body.code).to.equal('TICKET_ALREADY_RATED');
    });

    it('when the link is expired, for something else, of an unknown ticket or made up, then 422', async () => {
      const id = await closed();
      const expired = linkOf(id, -1);
      for (const token of [
        expired,
        linkOf(id, 1, 'appointment'),
        linkOf(randomUUID()),
        `${linkOf(id)}x`,
        rosa.token.slice(0, 900),
        'nope',
      ]) {
        expect((await rateByLink(token)).body.code).to.equal('LINK_NOT_VALID');
        expect((await bench.api.get(`/public/ratings/${token}`)).body.code).to.equal('LINK_NOT_VALID');
      }
      expect((await bench.read(rosa, id)).rating).to.equal(undefined);
    });
  });
});
