import { SessionsRevoked, UserUpdated } from '@riparo/shared/contracts/auth.events';
import { RepairNoted, TicketNoted } from '@riparo/shared/contracts/notes.events';
import { TicketAssigned, TicketSlaBreached } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { eventually } from '@riparo/shared/testing/eventually';
import type { EventStream } from '@riparo/shared/testing/event-stream';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildUser } from './bench.js';
import { startLiveBench, type LiveBench } from './live.bench.js';

const hasText =
  (text: string) =>
  ({ data }: { readonly data: Readonly<Record<string, unknown>> }): boolean =>
    (data.data as { text?: string } | undefined)?.text === text;

const texts = (stream: EventStream): readonly unknown[] =>
  stream.changes().map(({ data }) => (data.data as { text?: string } | undefined)?.text);

describe('live updates as server-sent events', () => {
  let bench: LiveBench;
  beforeEach(async () => {
    bench = await startLiveBench();
  });
  afterEach(() => bench.stop());

  const customer = () => bench.person({ role: 'CUSTOMER_USER', customerId: bench.ticket.customerId });
  const agent = () => bench.person({ role: 'AGENT' });
  const topicOf = () => `tickets/${bench.ticket.id}`;

  it('when a ticket changes, then its stream tells type, subject, time and the view of a GET', async () => {
    const stream = await bench.open(topicOf(), customer().token);
    expect(stream.headers.get('content-type')).to.equal('text/event-stream; charset=utf-8');
    await stream.next(({ event }) => event === 'ready');
    await bench.reply('on our way');
    const { data, id } = await stream.next(hasText('on our way'));
    expect(data).to.deep.include({ id, type: 'riparo.tickets.ticket-replied.v1', subject: topicOf() });
    expect(Object.keys(data).sort()).to.deep.equal(['at', 'data', 'id', 'subject', 'type']);
    expect(new Date(String(data.at)).toISOString()).to.equal(bench.clock.now().toISOString());
  });

  it('when the connection was lost, then the client is told what came meanwhile, nothing twice', async () => {
    const { token } = customer();
    const first = await bench.open(topicOf(), token);
    await bench.reply('one');
    await first.next(hasText('one'));
    first.close();
    await bench.reply('two');
    const second = await bench.open(topicOf(), token, first.lastEventId());
    await second.next(hasText('two'));
    await bench.reply('three');
    await second.next(hasText('three'));
    expect(texts(second)).to.deep.equal(['two', 'three']);
  });

  it('when one event comes twice, then it is told once', async () => {
    const stream = await bench.open('board', agent().token);
    const assign = (id: string) =>
      bench.publish(TicketAssigned, { ticket: { ...bench.ticket, assignedToUserId: randomUUID() } }, { subject: bench.ticket.id, id });
    await assign('an-event');
    await assign('an-event');
    const other = randomUUID();
    await bench.publish(TicketAssigned, { ticket: { ...bench.ticket, id: other } }, { subject: other });
    const { id } = await stream.next(({ data }) => data.subject === `tickets/${other}`);
    expect(Number(id) - Number(stream.events[0]!.id)).to.equal(2);
    expect(stream.changes()).to.have.length(2);
  });

  it('when the place is older than an hour or unknown, then the stream says to load anew', async () => {
    for (const place of ['1', 'nonsense', '999999999999999']) {
      const stream = await bench.open(topicOf(), customer().token, place);
      await stream.next(({ event }) => event === 'reset');
      await bench.reply(`after ${place}`);
      await stream.next(hasText(`after ${place}`));
    }
    const stream = await bench.open(topicOf(), customer().token);
    await bench.reply('kept');
    const { id } = await stream.next(hasText('kept'));
    bench.clock.advance(2 * 60 * 60 * 1_000);
    await bench.reply('much later');
    const late = await bench.open(topicOf(), customer().token, String(Number(id) - 1));
    await late.next(({ event }) => event === 'reset');
  });

  it('when the ticket is not to be seen, then the stream is refused as the GET is', async () => {
    bench.tickets.answer = () => undefined;
    const stream = await bench.open(topicOf(), customer().token);
    expect([stream.status, stream.problem.code]).to.deep.equal([404, 'TICKET_NOT_FOUND']);
    const malformed = await bench.open('tickets/7', customer().token);
    expect([malformed.status, malformed.problem.code]).to.deep.equal([404, 'TICKET_NOT_FOUND']);
    const board = await bench.open('board', customer().token);
    expect([board.status, board.problem.code]).to.deep.equal([403, 'FORBIDDEN']);
    const unknown = await bench.open('me,news,weather', customer().token);
    expect([unknown.status, (unknown.problem.errors as unknown[]).length]).to.deep.equal([422, 2]);
    expect((await bench.open('me', 'no-token')).status).to.equal(401);
  });

  it('when the ticket goes to somebody else, then its stream says that it is gone, and nothing more', async () => {
    const technician = bench.person({ role: 'TECH' });
    const stream = await bench.open(topicOf(), technician.token);
    const other = bench.person({ role: 'TECH' });
    const { answer } = bench.tickets;
    bench.tickets.answer = (path, token) => (token === technician.token ? undefined : answer(path, token));
    const ticket = { ...bench.ticket, assignedToUserId: other.caller.userId };
    await bench.publish(TicketAssigned, { ticket, previousUserId: technician.caller.userId }, { subject: ticket.id, version: 50 });
    const { data } = await stream.next(({ event }) => event === 'gone');
    expect(data).to.have.keys('id', 'type', 'subject', 'at');
    const watcher = await bench.open(topicOf(), other.token);
    await bench.reply('between the others');
    await watcher.next(hasText('between the others'));
    expect(stream.changes()).to.have.length(1);
  });

  it('when something only staff see changes, then customers are told nothing', async () => {
    const [mine, theirs] = [await bench.open(`me,${topicOf()}`, customer().token), await bench.open('board', agent().token)];
    const asked = bench.tickets.asked.length;
    bench.tickets.answer = (path) => ({ id: path, text: 'late' });
    await bench.publish(TicketSlaBreached, { ticket: bench.ticket, clock: 'RESPONSE' }, { subject: bench.ticket.id, version: 30 });
    await theirs.next(hasText('late'));
    bench.tickets.answer = (path) => ({ id: path, text: 'hello' });
    await bench.reply('hello');
    await mine.next(hasText('hello'));
    expect(texts(mine)).to.deep.equal(['hello']);
    expect(bench.tickets.asked.length).to.be.greaterThan(asked);
  });

  it('when staff write an internal note, then staff are told, and customers learn of nothing', async () => {
    const [person, { ticket }, at] = [customer(), bench, bench.clock.now().toISOString()];
    const repair = buildPublishedRepair({ customerId: ticket.customerId });
    const mine = await bench.open(`me,${topicOf()},repairs/${repair.id}`, person.token);
    const board = await bench.open('board', agent().token);
    bench.tickets.answer = (path) => ({ id: path, text: 'noted' });
    const note = { at, activityId: randomUUID() };
    await bench.publish(TicketNoted, { ticket, ...note }, { subject: ticket.id, version: 30 });
    await bench.publish(RepairNoted, { repair, ...note }, { subject: repair.id, version: 30 });
    for (const subject of [topicOf(), `repairs/${repair.id}`]) await board.next(({ data }) => data.subject === subject);
    bench.tickets.answer = (path) => ({ id: path, text: 'hello' });
    await bench.reply('hello');
    await mine.next(hasText('hello'));
    expect(texts(mine)).to.deep.equal(['hello']);
    const askedByCustomer = bench.tickets.asked.filter(({ token }) => token === person.token).map(({ path }) => path);
    expect(askedByCustomer.filter((path) => path.startsWith('repairs/'))).to.have.length(1);
  });

  it('when the profile of a person changes, then `me` of this person alone tells it', async () => {
    const [one, other] = [agent(), agent()];
    const [mine, theirs] = [await bench.open('me', one.token), await bench.open('me', other.token)];
    const changed = async ({ caller }: typeof one, version: number, tenantId = caller.tenantId): Promise<void> => {
      bench.tickets.answer = (path) => ({ text: `${path}, version ${version}` });
      const user = buildUser({ id: caller.userId, role: 'AGENT' });
      await bench.publish(UserUpdated, { user }, { subject: user.id, version, tenantId });
    };
    await changed(one, 2, 'elsewhere');
    await changed(one, 3);
    const { data } = await mine.next(hasText('auth/me, version 3'));
    expect(data).to.include({ type: 'riparo.auth.user-updated.v1', subject: 'auth/me' });
    await changed(other, 4);
    await theirs.next(hasText('auth/me, version 4'));
    await changed(one, 5);
    await mine.next(hasText('auth/me, version 5'));
    expect([texts(mine), texts(theirs)]).to.deep.equal([['auth/me, version 3', 'auth/me, version 5'], ['auth/me, version 4']]);
  });

  it('when another customer has a ticket, then nobody is asked about it for a stranger', async () => {
    const stranger = bench.person({ role: 'CUSTOMER_ADMIN' });
    const foreign = bench.person({ role: 'AGENT', tenantId: 'elsewhere' });
    const streams = [await bench.open('me,appointments', stranger.token), await bench.open('board,queue', foreign.token)];
    const own = await bench.open('me', customer().token);
    await bench.reply('ours');
    await own.next(hasText('ours'));
    expect(bench.tickets.asked.map(({ token }) => token)).to.not.include.members([stranger.token, foreign.token]);
    for (const stream of streams) expect(stream.changes()).to.deep.equal([]);
  });

  it('when the session ends, then its streams end and those of others do not', async () => {
    const [one, other] = [customer(), customer()];
    const [ending, going] = [await bench.open('me', one.token), await bench.open('me', other.token)];
    const data = { userId: one.caller.userId, epoch: 2, until: new Date(bench.clock.now().getTime() + 60_000).toISOString() };
    await bench.publish(SessionsRevoked, data, { subject: one.caller.userId });
    await ending.ended;
    expect(ending.events.at(-1)).to.deep.include({ event: 'end', data: { type: 'end', reason: 'SESSION_ENDED' } });
    await bench.reply('still here');
    await going.next(hasText('still here'));
    expect((await bench.open('me', one.token)).status).to.equal(401);
  });

  it('when the token expires, then the stream ends', async () => {
    const stream = await bench.open('me', customer().token);
    bench.clock.advance(25 * 60 * 60 * 1_000);
    await stream.ended;
    expect(stream.events.at(-1)!.data).to.deep.equal({ type: 'end', reason: 'TOKEN_EXPIRED' });
  });

  it('when the view cannot be read, then the stream ends and tells it on the next try', async () => {
    const { token } = customer();
    const stream = await bench.open(topicOf(), token);
    bench.tickets.broken = 503;
    await bench.reply('unheard');
    await stream.ended;
    expect(stream.events.at(-1)!.data).to.deep.equal({ type: 'end', reason: 'UNAVAILABLE' });
    bench.tickets.broken = undefined;
    const again = await bench.open(topicOf(), token, stream.lastEventId());
    await again.next(hasText('unheard'));
  });

  it('when one person opens more than 20 streams, then the next is refused until one is closed', async () => {
    const { token } = customer();
    const streams = await Promise.all(Array.from({ length: 20 }, () => bench.open('me', token)));
    await Promise.all(streams.map((stream) => stream.next(({ event }) => event === 'ready')));
    const refused = await bench.open('me', token);
    expect([refused.status, refused.problem.code, refused.headers.get('retry-after')]).to.deep.equal([429, 'TOO_MANY_STREAMS', '30']);
    expect((await bench.open('me', customer().token)).status).to.equal(200);
    streams[0]!.close();
    await eventually(async () => (await bench.open('me', token)).status === 200);
  });

  it('when the service stops, then the streams end with a word', async () => {
    const stream = await bench.open('me', customer().token);
    await stream.next(({ event }) => event === 'ready');
    bench.service.endStreams!();
    await stream.ended;
    expect(stream.events.at(-1)!.data).to.deep.equal({ type: 'end', reason: 'STOPPING' });
  });
});
