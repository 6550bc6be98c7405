import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Channel } from 'amqplib';
import { expect } from 'chai';
import Joi from 'joi';
import { defineEvent } from '../../src/contracts/event.js';
import { ALL_EVENTS, TOPOLOGY, type ServiceName } from '../../src/contracts/topology.js';
import { on, type Bus } from '../../src/messaging/bus.js';
import { brokerDefinitions } from '../../src/messaging/broker-definitions.js';
import { createRabbitBus } from '../../src/messaging/rabbit-bus.js';
import { eventually } from '../../src/testing/eventually.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { requireRabbitHost } from '../../src/testing/shared-rabbit.js';
import { buildEvent, hasty, silent } from './messaging.builder.js';

const addHost = requireRabbitHost();
const SERVICES = Object.keys(TOPOLOGY) as readonly ServiceName[];
const passwords = Object.fromEntries(SERVICES.map((name) => [name, `password of ${name}`]));
/** Services that only take events have none of their own. */
const ownOf = (service: string): readonly string[] =>
  ALL_EVENTS.map(({ type }) => type).filter((type) => type.startsWith(`riparo.${service}.`));
/** The rights are tried, not the data. */
const anyOf = (type: string) => defineEvent(type, 'Any event of this type.', Joi.object());
const taking = (type: string) => on(anyOf(type), () => Promise.resolve());

if (addHost !== undefined)
  describe('RabbitMQ bus: a user of the broker for each service', function () {
    this.timeout(60_000);
    let broker: RabbitHost;
    let folder: string;
    before(async function () {
      this.timeout(180_000);
      broker = await addHost();
      folder = await mkdtemp(join(tmpdir(), 'riparo-definitions-'));
      const file = join(folder, 'definitions.json');
      await writeFile(file, JSON.stringify(brokerDefinitions({ topology: TOPOLOGY, passwords, vhost: broker.host })));
      await broker.ctl('import_definitions', file);
    });
    let bus: Bus | undefined;
    afterEach(async () => {
      await bus?.stop();
      bus = undefined;
    });
    after(async () => {
      await rm(folder, { recursive: true });
    });

    const urlOf = (service: string, host = broker.host): string => {
      const url = new URL(broker.url);
      [url.username, url.password, url.pathname] = [service, encodeURIComponent(`password of ${service}`), `/${encodeURIComponent(host)}`];
      return url.href;
    };
    const asAdmin = async (work: (channel: Channel) => Promise<void>): Promise<void> => {
      const admin = await connect(broker.url);
      await work(await admin.createChannel());
      await admin.close();
    };
    const busOf = (service: ServiceName, host?: string) =>
      createRabbitBus({ url: urlOf(service, host), topology: TOPOLOGY, log: silent, retry: hasty, publishTimeoutMs: 30_000 });

    for (const service of SERVICES)
      it(`when ${service} runs with its own user, then it takes, parks, hears and tells what is its own`, async () => {
        const running = (bus = busOf(service));
        await running.start();
        await eventually(() => running.health().connected);
        await running.consume(service, TOPOLOGY[service].map(taking));
        for (const type of ownOf(service).slice(0, 1)) await running.publish(buildEvent({ type }));
        const [heard, type] = [[] as string[], TOPOLOGY[service][0]!];
        await running.listen([on(anyOf(type), ({ id }) => Promise.resolve(void heard.push(id)))]);
        const event = buildEvent({ type });
        await asAdmin(async (channel) => {
          channel.sendToQueue(service, Buffer.from('no event'));
          await eventually(() => {
            channel.publish('riparo.events', type, Buffer.from(JSON.stringify(event)));
            return heard.includes(event.id);
          });
        });
        const isRaw = async () => (await running.listParked(service)).filter((parked) => 'raw' in parked.event).length === 1;
        await eventually(isRaw);
        expect(await running.replayParked(service)).to.be.greaterThan(0);
        await eventually(isRaw);
      });

    it('when an event is told before its consumer ever ran, then it waits in the queue', async () => {
      const type = ownOf('tickets').find((each) => TOPOLOGY.reports.includes(each))!;
      const [sender, event] = [(bus = busOf('tickets')), buildEvent({ type })];
      await sender.start();
      await sender.publish(event);
      await sender.stop();
      const taken: string[] = [];
      const receiver = (bus = busOf('reports'));
      await receiver.start();
      const note = (each: string) => on(anyOf(each), ({ id }) => Promise.resolve(void taken.push(id)));
      await receiver.consume('reports', TOPOLOGY.reports.map(note));
      await eventually(() => taken.includes(event.id));
    });

    it('when a queue is missing and the user may declare none, then nothing is published until it is there', async () => {
      const { host } = await addHost();
      await broker.ctl('set_permissions', '-p', host, 'assets', '^$', '.*', '.*');
      const running = (bus = busOf('assets', host));
      await running.start();
      expect(running.health().connected).to.equal(false);
      const file = join(folder, 'later.json');
      await writeFile(file, JSON.stringify(brokerDefinitions({ topology: TOPOLOGY, passwords, vhost: host })));
      await broker.ctl('import_definitions', file);
      await eventually(() => running.health().connected);
    });

    const refused = async (user: string, attempt: (channel: Channel) => Promise<unknown>): Promise<unknown> => {
      const connection = await connect(urlOf(user));
      const channel = await connection.createChannel();
      const closed = new Promise<Error>((resolve) => channel.once('error', resolve));
      const error = await Promise.race([
        closed,
        attempt(channel).then(
          () => closed,
          (failure: unknown) => failure,
        ),
      ]);
      await connection.close();
      return (error as { code?: number }).code;
    };

    const ATTEMPTS: Readonly<Record<string, (channel: Channel) => Promise<unknown>>> = {
      'tells an event of another service': (channel) =>
        Promise.resolve(channel.publish('riparo.events', 'riparo.auth.sessions-revoked.v1', Buffer.from('{}'))),
      'reads the queue of another service': (channel) => channel.consume('notifications', () => undefined),
      'reads what another service has parked': (channel) => channel.get('notifications.parked'),
      'sends to the queue of another service': (channel) => Promise.resolve(channel.sendToQueue('notifications', Buffer.from('{}'))),
      'sends by the name of the queue of another service': (channel) =>
        Promise.resolve(channel.publish('riparo.events', 'notifications', Buffer.from('{}'))),
      'sends to its own queue past the exchange': (channel) => Promise.resolve(channel.sendToQueue('assets', Buffer.from('{}'))),
      'purges the queue of another service': (channel) => channel.purgeQueue('notifications'),
      'purges what another service has parked': (channel) => channel.purgeQueue('notifications.parked'),
      'deletes the queue of another service': (channel) => channel.deleteQueue('notifications'),
      'deletes its own queue': (channel) => channel.deleteQueue('assets'),
      'deletes the exchange': (channel) => channel.deleteExchange('riparo.events'),
      'takes the events of another service away': (channel) =>
        channel.unbindQueue('notifications', 'riparo.events', TOPOLOGY.notifications[0]!),
      'binds its own queue to more': (channel) => channel.bindQueue('assets', 'riparo.events', '#'),
      'listens to everything': async (channel) => {
        const { queue } = await channel.assertQueue('', { exclusive: true });
        return channel.bindQueue(queue, 'riparo.events', '#');
      },
      'listens to what another service parks': async (channel) => {
        const { queue } = await channel.assertQueue('', { exclusive: true });
        return channel.bindQueue(queue, 'riparo.events', 'notifications.parked');
      },
      'makes a queue of its own': (channel) => channel.assertQueue('secret-copy'),
      'makes an exchange of its own': (channel) => channel.assertExchange('other', 'fanout'),
    };
    for (const [title, attempt] of Object.entries(ATTEMPTS))
      it(`when a service's user ${title}, then the broker refuses`, async () => {
        expect(await refused('assets', attempt)).to.equal(403);
      });

    it('when a user goes to another virtual host, or has a wrong password, then there is no connection', async () => {
      for (const url of [urlOf('assets', '/'), urlOf('assets').replace('password', 'passwort')]) {
        const failure: unknown = await connect(url).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(Error);
      }
    });
  });
