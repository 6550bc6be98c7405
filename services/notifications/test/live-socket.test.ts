import { SessionsRevoked } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { openSocket, type LiveSocket } from '@riparo/shared/testing/live-socket';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startLiveBench, type LiveBench } from './live.bench.js';

describe('live updates over a WebSocket', () => {
  let bench: LiveBench;
  const sockets: LiveSocket[] = [];
  beforeEach(async () => {
    bench = await startLiveBench();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.close();
    await bench.stop();
  });

  const open = async (headers: Record<string, string> = {}): Promise<LiveSocket> => {
    const socket = await openSocket(bench.url, headers);
    sockets.push(socket);
    return socket;
  };
  const customer = () => bench.person({ role: 'CUSTOMER_USER', customerId: bench.ticket.customerId });
  const topicOf = () => `tickets/${bench.ticket.id}`;

  it('when a client says who it is first, then it is told of changes until it unsubscribes', async () => {
    const socket = await open();
    socket.send({ token: customer().token });
    socket.send({ subscribe: [topicOf()] });
    await socket.next(({ type }) => type === 'ready');
    await bench.reply('seen');
    const told = await socket.next(({ type }) => type === 'riparo.tickets.ticket-replied.v1');
    expect(told).to.deep.include({ subject: topicOf(), data: { id: bench.ticket.id, text: 'seen' } });
    socket.send({ subscribe: ['me'], unsubscribe: [topicOf()] });
    await socket.next(({ type }) => type === 'subscribed');
    socket.send({ unsubscribe: ['me'] });
    await eventually(() => socket.messages.filter(({ type }) => type === 'unsubscribed').length === 2);
    const other = await open({ authorization: `Bearer ${customer().token}` });
    other.send({ subscribe: [topicOf()] });
    await other.next(({ type }) => type === 'ready');
    await bench.reply('unseen');
    await other.next(({ type }) => type === 'riparo.tickets.ticket-replied.v1');
    expect(socket.messages.filter(({ subject }) => subject === topicOf())).to.have.length(1);
  });

  it('when a client comes back with a place, then it is told what came meanwhile', async () => {
    const { token } = customer();
    const first = await open({ authorization: `Bearer ${token}` });
    first.send({ subscribe: [topicOf()] });
    const { id } = await first.next(({ type }) => type === 'ready');
    first.close();
    await bench.reply('meanwhile');
    const second = await open({ authorization: `Bearer ${token}` });
    second.send({ subscribe: [topicOf()], after: id });
    await second.next(({ data }) => (data as { text?: string } | undefined)?.text === 'meanwhile');
  });

  it('when a topic is not for the client, then it is refused and the socket stays open', async () => {
    const socket = await open({ authorization: `Bearer ${customer().token}` });
    socket.send({ subscribe: ['queue'] });
    const refused = await socket.next(({ type }) => type === 'refused');
    expect(refused).to.deep.include({ topics: ['queue'], status: 403, code: 'FORBIDDEN' });
    bench.tickets.answer = () => undefined;
    socket.send({ subscribe: [`tickets/${randomUUID()}`] });
    await socket.next(({ code }) => code === 'TICKET_NOT_FOUND');
    socket.send({ subscribe: ['me'] });
    await socket.next(({ type }) => type === 'ready');
  });

  it('when the session ends, then the socket is closed with 4401', async () => {
    const { caller, token } = customer();
    const socket = await open({ authorization: `Bearer ${token}` });
    socket.send({ subscribe: ['me'] });
    await socket.next(({ type }) => type === 'ready');
    const data = { userId: caller.userId, epoch: 2, until: new Date(bench.clock.now().getTime() + 60_000).toISOString() };
    await bench.publish(SessionsRevoked, data, { subject: caller.userId });
    expect(await socket.closed).to.equal(4401);
    expect(socket.messages.at(-1)).to.deep.equal({ type: 'end', reason: 'SESSION_ENDED' });
  });

  it('when the token is renewed in time, then the socket outlives the first one', async () => {
    const { caller, token } = customer();
    const socket = await open({ authorization: `Bearer ${token}` });
    socket.send({ subscribe: [topicOf()] });
    await socket.next(({ type }) => type === 'ready');
    bench.clock.advance(23 * 60 * 60 * 1_000);
    socket.send({ token: bench.tokenFor(caller) });
    socket.send({ unsubscribe: ['me'] });
    await socket.next(({ type }) => type === 'unsubscribed');
    bench.clock.advance(2 * 60 * 60 * 1_000);
    await bench.reply('still told');
    await socket.next(({ type }) => type === 'riparo.tickets.ticket-replied.v1');
  });

  it('when the token is none, or of somebody else, or a command is none, then the socket is closed', async () => {
    const none = await open({ authorization: 'Bearer nonsense' });
    expect(await none.closed).to.equal(4401);
    const silent = await open();
    silent.send({ subscribe: ['me'] });
    expect(await silent.closed).to.equal(4401);
    const changing = await open({ authorization: `Bearer ${customer().token}` });
    changing.send({ token: customer().token });
    expect(await changing.closed).to.equal(1008);
    const rude = await open({ authorization: `Bearer ${customer().token}` });
    rude.send({ shout: true });
    expect(await rude.closed).to.equal(1008);
  });

  it('when it is asked for without an upgrade, then the answer names the stream over HTTP', async () => {
    const { status, body } = await bench.api.get('/live');
    expect([status, body.code]).to.deep.equal([400, 'WEBSOCKET_ONLY']);
  });
});
