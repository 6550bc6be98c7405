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
import { requireRabbit, type RabbitNode } from '../../src/testing/rabbit-node.js';
import { buildEvent, hasty, silent } from './messaging.builder.js';

const startNode = requireRabbit();
const SERVICES = Object.keys(TOPOLOGY) as readonly ServiceName[];
const passwords = Object.fromEntries(SERVICES.map((name) => [name, `password of ${name}`]));
/** Services that only take events have none of their own. */
const ownOf = (service: string): readonly string[] =>
  ALL_EVENTS.map(({ type }) => type).filter((type) => type.startsWith(`riparo.${service}.`));
/** The rights are tried, not the data. */
const anyOf = (type: string) => defineEvent(type, 'Any event of this type.', Joi.object());
const taking = (type: string) => on(anyOf(type), () => Promise.resolve());

if (startNode !== undefined)
  describe('RabbitMQ bus: a user of the broker for each service', function () {
    this.timeout(60_000);
    let node: RabbitNode;
    let vhost: string;
    let folder: string;
    before(async function () {
      this.timeout(180_000);
      node = await startNode();
      vhost = (await node.addHost()).host;
      folder = await mkdtemp(join(tmpdir(), 'riparo-definitions-'));
      const file = join(folder, 'definitions.json');
      await writeFile(file, JSON.stringify(brokerDefinitions({ topology: TOPOLOGY, passwords, vhost })));
      await node.ctl('import_definitions', file);
    });
    let bus: Bus | undefined;
    afterEach(async () => {
      await bus?.stop();
      bus = undefined;
    });
    after(async () => {
      await node.stop();
      await rm(folder, { recursive: true });
    });

    const urlOf = (service: string, host = vhost): string => {
      const url = new URL(node.url);
      [url.username, url.password, url.pathname] = [service, encodeURIComponent(`password of ${service}`), `/${encodeURIComponent(host)}`];
      return url.href;
    };
    const busOf = (service: ServiceName) =>
      createRabbitBus({ url: urlOf(service), topology: TOPOLOGY, log: silent, retry: hasty, publishTimeoutMs: 30_000 });

    for (const service of SERVICES)
      it(`when ${service} runs with its own user, then it takes, parks, hears and tells what is its own`, async () => {
        const running = (bus = busOf(service));
        await running.start();
        await eventually(() => running.health().connected);
        await running.consume(service, TOPOLOGY[service].map(taking));
        for (const type of ownOf(service).slice(0, 1)) {
          const event = buildEvent({ type });
          const heard: string[] = [];
          await running.listen([on(anyOf(type), ({ id }) => Promise.resolve(void heard.push(id)))]);
          await eventually(() => running.publish(event).then(() => heard.includes(event.id)));
        }
        const admin = await connect(node.url.replace(/\/?$/, `/${vhost}`));
        const channel = await admin.createChannel();
        channel.sendToQueue(service, Buffer.from('no event'));
        await eventually(async () => (await running.listParked(service)).some(({ event }) => 'raw' in event));
        await admin.close();
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
