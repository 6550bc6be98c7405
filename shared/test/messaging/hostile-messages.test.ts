import type { Options } from 'amqplib';
import { expect } from 'chai';
import Joi from 'joi';
import { defineEvent } from '../../src/contracts/event.js';
import { on, type Bus } from '../../src/messaging/bus.js';
import { eventually } from '../../src/testing/eventually.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { requireRabbitHost } from '../../src/testing/shared-rabbit.js';
import { buildEvent, recording, WallPainted } from './messaging.builder.js';
import { createRabbitInstallation, type RabbitInstallation } from './rabbit-installation.js';

const addHost = requireRabbitHost();

interface Message {
  readonly content: string | Buffer;
  readonly properties?: Options.Publish;
}

const LONG = 'x'.repeat(1_000_000);
const WallMeasured = defineEvent<{ height: string }>(
  'riparo.walls.wall-measured.v1',
  'A wall was measured.',
  Joi.object({ height: Joi.string().pattern(/^\d+$/).required() }),
);

const json = (value: unknown): Message => ({ content: JSON.stringify(value) });
const changed = (changes: object): Message => json({ ...buildEvent(), ...changes });
/** An object as text, because `JSON.stringify` and object literals make no own field of this name. */
const withField = (field: string): Message => ({
  content: JSON.stringify(buildEvent({ data: {} })).replace('"data":{}', `"data":{${field}}`),
});

/** What somebody with a user of the broker may send. */
const HOSTILE: Readonly<Record<string, Message>> = {
  'is empty': { content: '' },
  'is no JSON': { content: '<event/>' },
  'is no UTF-8': { content: Buffer.from([0xff, 0xfe, 0x00, 0xd8]) },
  'is null': json(null),
  'is a list': json([buildEvent()]),
  'is nested without end': { content: `${'['.repeat(200_000)}${']'.repeat(200_000)}` },
  'has data nested without end': withField(`"deep":${'['.repeat(200_000)}${']'.repeat(200_000)}`),
  'is of 8 MB': withField(`"big":"${'x'.repeat(8_000_000)}"`),
  'has a prototype': withField('"__proto__":{"colour":"red"},"constructor":{"prototype":{"colour":"red"}}'),
  'names no tenant': changed({ tenantid: undefined }),
  'names a list of tenants': changed({ tenantid: ['default'] }),
  'is of another specification': changed({ specversion: '0.3' }),
  'has a version that is text': changed({ aggregateversion: '1' }),
  'has version 0': changed({ aggregateversion: 0 }),
  'is of an unknown type': changed({ type: 'riparo.walls.wall-fell.v1' }),
  'is of the next version of its type': changed({ type: WallPainted.type.replace('.v1', '.v2') }),
  'has a value that makes a fault of 1 MB': changed({ type: WallMeasured.type, data: { height: LONG } }),
  'has headers of 65 kB': { content: '{', properties: { headers: { traceparent: 'x'.repeat(65_000) } } },
  'has headers of another kind': {
    content: '{',
    properties: { headers: { traceparent: { a: [1, { b: 2 }] }, 'x-delivery-count': 'NaN' } },
  },
  'claims to have killed its consumers': { ...changed({}), properties: { headers: { 'x-delivery-count': 1_000_000 } } },
};

if (addHost !== undefined)
  describe('RabbitMQ bus: what nobody of Riparo would send', function () {
    this.timeout(30_000);
    let host: RabbitHost;
    let installation: RabbitInstallation;
    let bus: Bus;
    let got: ReturnType<typeof recording>;
    before(async function () {
      this.timeout(120_000);
      host = await addHost();
    });
    beforeEach(async () => {
      installation = createRabbitInstallation(host);
      got = recording();
      bus = await installation.startBus({ topology: { [installation.queue]: [WallPainted.type, WallMeasured.type] }, prefetch: 1 });
    });
    afterEach(() => installation.close());

    const push = ({ content, properties }: Message): Promise<unknown> =>
      installation.withChannel(async (channel) => {
        channel.sendToQueue(installation.queue, Buffer.from(content), properties);
        return channel.checkQueue(installation.queue);
      });
    const consume = (): Promise<void> =>
      bus.consume(installation.queue, [got.subscription, on(WallMeasured, () => Promise.reject(new Error(LONG)))]);
    /** The next good event is handled, with one delivery at a time: so nothing before it is stuck. */
    const goesOn = async (): Promise<void> => {
      const good = buildEvent();
      await eventually(() => bus.publish(good).then(() => true));
      await eventually(() => got.events.some(({ id }) => id === good.id));
    };

    for (const [title, message] of Object.entries(HOSTILE))
      it(`when a message ${title}, then it is parked with a short reason, and the next event is handled`, async () => {
        await consume();
        await push(message);
        await goesOn();
        const parked = await eventually(async () => {
          const found = await bus.listParked(installation.queue);
          return found.length > 0 && found;
        });
        expect(parked.map(({ reason }) => reason.length > 0 && reason.length <= 1_000)).to.deep.equal([true]);
        expect(got.events).to.have.length(1);
        expect(({} as { colour?: string }).colour).to.equal(undefined);
      });

    it('when a handler fails with very many words, then the event is parked with the first of them', async () => {
      await consume();
      await push(changed({ type: WallMeasured.type, data: { height: '3' } }));
      await goesOn();
      await eventually(async () => (await bus.listParked(installation.queue)).length === 1);
    });
  });
