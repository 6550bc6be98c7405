import { Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { DESCRIBED_EVENTS } from '@riparo/gateway/docs/described-events';
import { mergeReferences } from '@riparo/gateway/docs/merge-references';
import { createPlatform } from '@riparo/shared/composition/create-platform';
import { loadConfig } from '@riparo/shared/config/load-config';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { describeEvents } from '@riparo/shared/http/reference/describe-events';
import { describeRoutes } from '@riparo/shared/http/reference/describe-routes';
import { createLogger } from '@riparo/shared/logging/create-logger';
import { createMemoryBus } from '@riparo/shared/messaging/memory-bus';
import { createMongoParking } from '@riparo/shared/messaging/mongo-parking';
import { createRegistry } from '@riparo/shared/metrics/registry';
import { createAnswerCheck } from '@riparo/shared/testing/check-answer';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { allInOneKeys } from '../src/config.js';
import { createServices } from '../src/services.js';

interface Messages {
  readonly components: {
    readonly messages: Readonly<
      Record<string, { readonly payload: object; readonly examples?: readonly { readonly payload: EventEnvelope }[] }>
    >;
  };
}
interface Content {
  readonly content?: Readonly<Record<string, object & { readonly example?: unknown }>>;
}
interface Limited {
  readonly operationId: string;
  readonly 'x-rate-limit': readonly { readonly name: string }[];
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: Required<Content>;
  readonly responses: Readonly<Record<string, Content & { readonly headers?: object }>>;
}
/** Their body is optional, and nothing in it is needed. */
const NEVER_SENT = ['cancelRepair'];

/** The services as they are, over connections that are never opened: their tables are there before anything starts. */
const makeServices = () => {
  const log = createLogger({ name: 'reference', level: 'silent' });
  const metrics = createRegistry();
  const connection = mongoose.createConnection();
  const bus = createMemoryBus({ topology: {}, log, parking: createMongoParking(connection) });
  return createServices({
    config: { ...loadConfig(allInOneKeys, {}), DEVICE_PASSWORD_KEY: '0'.repeat(64) },
    platformOf: (name, keys) => createPlatform({ name, connection, bus, log, metrics, keys, internalSecret: 'x'.repeat(32) }),
    internalUrl: () => '',
    onInitialAdmin: () => undefined,
  }).services;
};

describe('The API reference', () => {
  const services = makeServices();
  const documents = services.map(({ name, routes }) => describeRoutes(name, routes));
  after(() => Promise.all(services.map((service) => service.stop())));

  const shown = services.flatMap(({ routes }) => routes.filter(({ access }) => access !== 'internal'));

  it('when an operation is described, then with a name of its own, a noun and its answer', () => {
    const incomplete = shown.filter(({ id, tag, answer }) => id === undefined || tag === undefined || answer === undefined);
    expect(incomplete.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([]);
    const ids = shown.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
  });

  it('when two services name a shape alike, then it is the same shape', () => {
    const shapes = documents.flatMap(({ components }) => Object.entries(components.schemas ?? {}));
    const texts = new Map<string, Set<string>>();
    for (const [name, shape] of shapes) texts.set(name, (texts.get(name) ?? new Set()).add(JSON.stringify(shape)));
    expect([...texts].filter(([, different]) => different.size > 1).map(([name]) => name)).to.deep.equal([]);
  });

  it('when linted with the recommended rules, then nothing is found', async () => {
    // `/parts/{id}/movements` and `/parts/counts/{id}`: an id is a UUID, so no address is both.
    // A form that leads on to another page answers 303 and never 2xx.
    const rules = { 'no-ambiguous-paths': 'off', 'operation-2xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended'], rules });
    const problems = await lintFromString({ source: JSON.stringify(mergeReferences(documents)), config, absoluteRef: 'openapi.json' });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`)).to.deep.equal([]);
  });

  it('when an operation takes or answers JSON, then with an example that is as described', () => {
    const merged = mergeReferences(documents);
    const check = createAnswerCheck(JSON.stringify(merged));
    const faults = Object.entries(merged.paths).flatMap(([path, methods]) =>
      Object.entries(methods as unknown as Readonly<Record<string, Operation>>).flatMap(
        ([method, { operationId, requestBody, responses }]) => {
          const isBare = requestBody?.content['application/json'] !== undefined && !('example' in requestBody.content['application/json']);
          const answered = Object.entries(responses).filter(([status]) => Number(status) < 300);
          return [
            ...(isBare && !NEVER_SENT.includes(operationId) ? [`${operationId} has no example of a request`] : []),
            ...answered.flatMap(([status, { headers = {}, content }]) => {
              const json = content?.['application/json'];
              if (json === undefined) return [];
              if (!('example' in json)) return [`${operationId} has no example of an answer`];
              const promised = ['ETag', 'Location'].filter((name) => name in headers).map((name) => [name, '"3"']);
              const sent = new Headers([['content-type', 'application/json'], ...promised] as [string, string][]);
              const received = { method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x'), status: Number(status), headers: sent };
              try {
                check({ ...received, text: JSON.stringify(json.example) });
                return [];
              } catch (error) {
                return [String(error)];
              }
            }),
          ];
        },
      ),
    );
    expect(faults).to.deep.equal([]);
  });

  it('when an operation is described, then with every limit that it is held to', () => {
    const operations = Object.values(mergeReferences(documents).paths).flatMap((methods) =>
      Object.values(methods),
    ) as readonly object[] as readonly Limited[];
    const limitsOf = (id: string) => operations.find(({ operationId }) => operationId === id)?.['x-rate-limit'].map(({ name }) => name);
    expect(operations.filter((one) => one['x-rate-limit'].length === 0)).to.deep.equal([]);
    expect(limitsOf('signIn')).to.deep.equal(['anonymous', 'uploads', 'passwords', 'hashing']);
    expect(limitsOf('getTicket')).to.deep.equal(['token', 'address']);
    expect(limitsOf('uploadAttachment')).to.deep.equal(['token', 'address', 'uploads', 'attachments']);
    expect(limitsOf('getRepairStatusPage')).to.deep.equal(['anonymous', 'pairs']);
  });

  it('when the events are parsed as AsyncAPI, then nothing is found', async () => {
    const text = JSON.stringify(describeEvents(DESCRIBED_EVENTS));
    const { document, diagnostics } = await new Parser().parse(text);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([]);
    expect(document?.messages().length).to.equal(DESCRIBED_EVENTS.events.length);
  });

  it('when an event is described, then with an example that is as described', () => {
    const text = JSON.stringify(describeEvents(DESCRIBED_EVENTS));
    // Receivers must allow further fields; examples have none that nobody described.
    const isOpen = (key: string, value: unknown): boolean => key === 'additionalProperties' && value === true;
    const { components } = JSON.parse(text, (key, value: unknown) => (isOpen(key, value) ? undefined : value)) as Messages;
    const messages = Object.entries(components.messages);
    const answerOf = (schema: object) => ({ responses: { 200: { content: { 'application/json': { schema } } } } });
    // As if each were what a GET answers: the check then also finds fields that nobody described.
    const paths = Object.fromEntries(messages.map(([name, { payload }]) => [`/api/${name}`, { get: answerOf(payload) }]));
    const check = createAnswerCheck(JSON.stringify({ paths, components: { ...components, responses: {} } }));
    const headers = new Headers({ 'content-type': 'application/json' });
    const faults = messages.flatMap(([name, { examples = [] }]) => {
      if (examples.length === 0) return [`${name} has no example`];
      try {
        for (const { payload } of examples)
          check({ method: 'GET', path: `/api/${name}`, status: 200, headers, text: JSON.stringify(payload) });
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(faults).to.deep.equal([]);
  });
});
