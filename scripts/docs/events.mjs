import { ALL_EVENTS, TOPOLOGY } from '../../shared/dist/src/contracts/topology.js';
import { SessionsRevoked } from '../../shared/dist/src/contracts/auth.events.js';
import { code, table } from './table.mjs';

const PREFIX = 'riparo.';
const publisherOf = ({ type }) => type.slice(PREFIX.length).split('.')[0];
const consumersOf = ({ type }) => Object.keys(TOPOLOGY).filter((service) => TOPOLOGY[service].includes(type));

const ruleOf = (rules, name) => rules.find((rule) => rule.name === name)?.args?.limit;

/** The length limits of a text; ids are the only ones that have both. */
const textOf = ({ rules = [] }) => {
  if (rules.some(({ name }) => name === 'isoDate')) return 'moment, ISO 8601 UTC';
  const [min, max, length] = ['min', 'max', 'length'].map((name) => ruleOf(rules, name));
  if (length !== undefined) return `text of ${length} characters`;
  if (min !== undefined && max !== undefined) return `text of ${min} to ${max} characters`;
  return max === undefined ? 'text' : `text of up to ${max} characters`;
};

const numberOf = ({ rules = [] }) => (rules.some(({ name }) => name === 'integer') ? 'whole number' : 'number');

/** What a joi description allows, in words. */
const kindOf = (schema) => {
  const { type, flags = {}, allow = [], items = [] } = schema;
  if (flags.only) return `one of ${allow.map(code).join(', ')}`;
  if (type === 'array') return items.length === 0 ? 'list' : `list, each ${items.map(kindOf).join(' or ')}`;
  if (type === 'string') return textOf(schema);
  if (type === 'number') return numberOf(schema);
  return type === 'any' ? 'any value' : type;
};

/** The fields of an object and of the objects in it, one row each, with dotted paths. */
const fieldsOf = ({ keys = {} }, path = '') =>
  Object.entries(keys).flatMap(([name, schema]) => [
    [code(path + name), schema.flags?.presence === 'required' ? 'always' : '', kindOf(schema)],
    ...fieldsOf(schema, `${path}${name}.`),
    ...(schema.items ?? []).flatMap((item) => fieldsOf(item, `${path}${name}[].`)),
  ]);

const fieldTable = (schema, path) => table(['field', 'there', 'what'], fieldsOf(schema, path));

/** Objects that several events of a service carry in the same shape are described once: `{ ticket: … }`. */
const sharedShapes = (descriptions) => {
  const seen = descriptions.flatMap(({ keys = {} }) =>
    Object.entries(keys)
      .filter(([, schema]) => schema.keys !== undefined)
      .map(([name, schema]) => ({ name, text: JSON.stringify(schema), schema })),
  );
  return seen.filter(
    ({ name, text }, index) =>
      seen.findIndex((one) => one.name === name && one.text === text) === index && seen.filter((one) => one.text === text).length > 1,
  );
};

const linkTo = (service, name) => `[the ${name}](#${service}-${name.toLowerCase()})`;

const describeEvent = (service, shapes) => (event) => {
  const description = event.schema.describe();
  const keys = Object.fromEntries(
    Object.entries(description.keys ?? {}).map(([name, schema]) => {
      const isShared = shapes.some((shape) => shape.name === name && shape.text === JSON.stringify(schema));
      return [name, isShared ? { type: `object: ${linkTo(service, name)}`, flags: schema.flags } : schema];
    }),
  );
  const consumers = consumersOf(event);
  return [
    `### ${code(event.type)}`,
    event.description,
    `Consumers: ${consumers.length === 0 ? 'none yet' : consumers.join(', ')}${event.type === SessionsRevoked.type ? ', and every running instance of every service' : ''}.`,
    fieldTable({ keys }),
  ].join('\n\n');
};

const describeService = (service) => {
  const events = ALL_EVENTS.filter((event) => publisherOf(event) === service);
  const shapes = sharedShapes(events.map(({ schema }) => schema.describe()));
  return [
    `## ${service}`,
    ...shapes.map(({ name, schema }) => `### ${service}: ${name}\n\nAs it is after the change.\n\n${fieldTable(schema, '')}`),
    ...events.map(describeEvent(service, shapes)),
  ].join('\n\n');
};

const ENVELOPE = `# Events

What the services tell each other, as [CloudEvents 1.0](https://github.com/cloudevents/spec) in JSON. Around the data described below every event has:

${table(
  ['attribute', 'what'],
  [
    ['`id`', 'unique and the same on every redelivery: `<aggregate>.<version>.<position>`'],
    ['`source`', 'the publishing service, `/riparo/<service>`'],
    ['`type`', 'as in the headings below; also the routing key'],
    ['`subject`', 'the aggregate’s id'],
    ['`time`', 'when the change was saved, ISO 8601 UTC'],
    ['`tenantid`', 'whose installation it concerns; `default` where there is one'],
    ['`aggregateversion`', 'the aggregate’s version after the change: a replica keeps only what is newer than what it has'],
    ['`traceparent`', 'W3C trace context of the request that caused it, when one did'],
  ],
)}

Events may come twice, late and in another order. Consumers accept fields that they do not know; what does not fit the schema is parked, not retried. A field without "always" may be missing.`;

const overview = (services) =>
  table(
    ['published by', 'event', 'consumed by'],
    services.flatMap((service) =>
      ALL_EVENTS.filter((event) => publisherOf(event) === service).map((event) => [
        service,
        `[${event.type.slice(PREFIX.length + service.length + 1)}](#${event.type.replaceAll('.', '')})`,
        consumersOf(event).join(', ') || 'none yet',
      ]),
    ),
  );

/** docs/events.md: every published event, who says it and who hears it. */
export const describeEvents = () => {
  const services = [...new Set(ALL_EVENTS.map(publisherOf))];
  return [ENVELOPE, overview(services), ...services.map(describeService)].join('\n\n');
};
