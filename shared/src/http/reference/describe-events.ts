import { setImmediate } from 'node:timers/promises';
import type { EventContract, EventEnvelope } from '../../contracts/event.js';
import { answerSchema, type Components } from './json-schema.js';
import type { Json } from './plain-schema.js';

/** An AsyncAPI 3 document. */
export type AsyncApiDocument = Json;

export interface DescribedEvents {
  readonly events: readonly Pick<EventContract<unknown>, 'type' | 'description' | 'schema'>[];
  /** Types of the events that each service consumes. */
  readonly topology: Readonly<Record<string, readonly string[]>>;
  /** An example of an event by type. */
  readonly examples?: Readonly<Record<string, EventEnvelope>>;
}

const EXCHANGE = { is: 'routingKey', exchange: { name: 'riparo.events', type: 'topic', durable: true, autoDelete: false } };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `riparo.tickets.ticket-opened.v1` is the message TicketOpenedV1. */
const nameOf = (type: string): string => type.split('.').slice(2).join('-').split('-').map(capital).join('');

const publisherOf = (type: string): string => type.split('.')[1] ?? '';

const text = { type: 'string' };

/** The attributes around an event's data: CloudEvents 1.0 in JSON, see `EventEnvelope`. */
const ENVELOPE = {
  specversion: { const: '1.0' },
  id: { ...text, description: 'The same on every redelivery: `<aggregate>.<version>.<position>`.' },
  source: { ...text, description: 'The publishing service: `/riparo/tickets`.' },
  subject: { ...text, description: 'The id of what the event is about.' },
  time: { ...text, format: 'date-time', description: 'When the change was saved.' },
  datacontenttype: { const: 'application/json' },
  tenantid: text,
  aggregateversion: { type: 'integer', minimum: 1, description: 'Keep what is newer than what you have.' },
  traceparent: { ...text, description: 'W3C trace context of the request that caused the event.' },
};

const payloadOf = (type: string, data: Json): Json => ({
  type: 'object',
  required: [...Object.keys(ENVELOPE).filter((name) => name !== 'traceparent'), 'type', 'data'],
  properties: { ...ENVELOPE, type: { const: type }, data },
});

/** The events of the contracts, with who publishes and who consumes them. The schemas that check them on receipt make it. */
export const describeEvents = ({ events, topology, examples = {} }: DescribedEvents): AsyncApiDocument => {
  const components: Components = new Map();
  const messages = events.map(({ type, description, schema }) => {
    const example = examples[type];
    return [
      nameOf(type),
      {
        name: type,
        title: nameOf(type),
        summary: description,
        contentType: 'application/cloudevents+json',
        payload: payloadOf(type, answerSchema(schema, components)),
        ...(example === undefined ? {} : { examples: [{ payload: example }] }),
      },
    ] as const;
  });
  const types = events.map(({ type }) => type);
  const operation = (action: 'send' | 'receive', type: string): Json => ({
    action,
    channel: { $ref: `#/channels/${nameOf(type)}` },
    messages: [{ $ref: `#/channels/${nameOf(type)}/messages/${nameOf(type)}` }],
  });
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Riparo: events',
      version: '1',
      description:
        'What the services tell each other and whoever listens, as CloudEvents 1.0 in JSON, at least once and in the order of each subject.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      types.map((type) => [
        nameOf(type),
        { address: type, messages: { [nameOf(type)]: { $ref: `#/components/messages/${nameOf(type)}` } }, bindings: { amqp: EXCHANGE } },
      ]),
    ),
    operations: Object.fromEntries(
      types.flatMap((type) => [
        [`${publisherOf(type)}Publishes${nameOf(type)}`, operation('send', type)],
        ...Object.entries(topology)
          .filter(([, consumed]) => consumed.includes(type))
          .map(([service]) => [`${service}Consumes${nameOf(type)}`, operation('receive', type)]),
      ]),
    ),
    components: { messages: Object.fromEntries(messages), schemas: Object.fromEntries(components) },
  };
};

/** As `describeEvents`, with room for other requests in between, like `describeInSteps`. */
export const describeEventsInSteps = async (described: DescribedEvents): Promise<AsyncApiDocument> => {
  for (const { schema } of described.events) {
    answerSchema(schema, new Map());
    await setImmediate();
  }
  return describeEvents(described);
};
