import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { eventually } from '@riparo/shared/testing/eventually';
import { openEventStream, type EventStream, type SeenEvent } from '@riparo/shared/testing/event-stream';
import { openSocket } from '@riparo/shared/testing/live-socket';
import { expect } from 'chai';
import { eachMode, withBrokerOfItsOwn, type Scene } from '../systems/modes.js';
import * as journey from './journey.js';
import type { Person } from './person.js';

interface View {
  readonly id: string;
  readonly activities?: readonly { readonly body: string }[];
}
const INSTANCES = { NOTIFICATIONS_INSTANCES: '2' };

const viewIn = ({ data }: SeenEvent): View | undefined => data.data as View | undefined;
const says =
  (text: string) =>
  (event: SeenEvent): boolean =>
    viewIn(event)?.activities?.some(({ body }) => body === text) === true;

const bodiesIn = (events: readonly SeenEvent[]): readonly string[] => [
  ...new Set(events.flatMap((event) => viewIn(event)?.activities?.map(({ body }) => body) ?? [])),
];

const open = (url: string, person: Person, topics: string, lastEventId?: string): Promise<EventStream> =>
  openEventStream(url, { topics, token: person.token(), lastEventId });

const ticketOf = async ({ cast }: Scene) => {
  const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
  const { customer, laptopId } = await journey.moveIn(cast.url, 'carla@example.com');
  const { id } = await journey.openTicket(customer, 'It smokes', laptopId);
  await journey.assigned(customer, id);
  return { engineer, customer, id, topic: `tickets/${id}` };
};

eachMode('live updates', (begin) => {
  it('when staff work on a ticket, then everybody who may see it is told, and of notes staff alone', async () => {
    const scene = await begin(INSTANCES);
    const { url, admin } = scene.cast;
    const { engineer, customer, id, topic } = await ticketOf(scene);
    const mine = await open(url, customer, `me,${topic}`);
    const board = await open(url, admin, 'board,queue,appointments');
    const socket = await openSocket(url, { authorization: `Bearer ${engineer.token()}` });
    socket.send({ subscribe: [topic] });
    await socket.next(({ type }) => type === 'ready');

    await engineer.post(`/tickets/${id}/notes`, { body: 'Smells burnt.', isInternal: true });
    await board.next(says('Smells burnt.'));
    await engineer.post(`/tickets/${id}/reply`, { body: 'We look into it.' });
    await mine.next(says('We look into it.'));
    await board.next(says('We look into it.'));
    await socket.next(({ type }) => type === 'riparo.tickets.ticket-replied.v1');
    expect(bodiesIn(mine.events)).to.not.include('Smells burnt.');
    // The message about the reply comes into the inbox, wherever it was delivered.
    const { data } = await mine.next((event) => event.data.type === 'riparo.notifications.message-received.v1');
    expect(data.subject).to.match(/^me\/notifications\//);
    expect(await customer.get<View>(`/tickets/${id}`)).to.deep.equal(viewIn(mine.events.findLast(says('We look into it.'))!));

    await customer.patch('/auth/me', { name: 'Carla Bianchi' });
    const profile = await mine.next(({ data }) => data.subject === 'auth/me');
    expect(profile.data.data).to.deep.equal(await customer.get('/auth/me'));

    const stranger = (await journey.moveIn(url, 'sandra@example.com')).customer;
    expect((await open(url, stranger, topic)).status).to.equal(404);

    const { id: userId } = (await admin.get<readonly { id: string }[]>('/users?search=edith%40example.com'))[0]!;
    await admin.patch(`/users/${userId}`, { status: 'DISABLED' });
    expect(await socket.closed).to.equal(4401);
    const stopping = scene.system.stop();
    await Promise.all([mine.ended, board.ended]);
    expect(mine.events.at(-1)!.data).to.deep.equal({ type: 'end', reason: 'STOPPING' });
    expect(await stopping).to.equal(0);
  });
});

/** A second gateway to the same services. */
const startGateway = async (serviceUrl: (service: string) => string): Promise<{ url: string; child: ChildProcess }> => {
  const port = await claimPorts(1);
  const second = serviceUrl('notifications').replace(/\d+$/, (found) => String(Number(found) + 10));
  const names = ['auth', 'tickets', 'assets', 'reports', 'billing'];
  const child = spawn(process.execPath, ['gateway/dist/src/main.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      RATE_LIMIT_PER_MINUTE: '0',
      ...Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_URL`, serviceUrl(name)])),
      // The instance that the first gateway does not begin with.
      NOTIFICATIONS_URL: second,
    },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${url}/health/live`)).ok);
  return { url, child };
};

withBrokerOfItsOwn('live updates and a broker that dies', (begin) => {
  it('when a client moves between gateways while the broker dies and comes back, then it misses nothing', async () => {
    const scene = await begin(INSTANCES);
    const { engineer, customer, id, topic } = await ticketOf(scene);
    const gateway = await startGateway((service) => scene.system.serviceUrl!(service));
    try {
      const urls = [scene.cast.url, gateway.url] as const;
      const say = (body: string) => engineer.post(`/tickets/${id}/reply`, { body });
      const first = await open(urls[0], customer, topic);
      await say('one');
      await first.next(says('one'));
      first.close();
      await scene.broker.sync();
      await scene.broker.kill();
      await say('two');
      const second = await open(urls[1], customer, topic, first.lastEventId());
      await second.next(({ event }) => event === 'ready');
      await say('three');
      await scene.broker.restart();
      await second.next(says('three'));
      expect(bodiesIn(second.events)).to.include.members(['two', 'three']);
      await say('four');
      await second.next(says('four'));
      expect(second.events.map(({ event }) => event)).to.not.include('reset');
      const places = second.changes().map(({ id: place }) => Number(place));
      expect(places).to.deep.equal([...new Set(places)].sort((a, b) => a - b));
      second.close();
    } finally {
      gateway.child.kill('SIGTERM');
      await once(gateway.child, 'exit');
    }
  });
});
