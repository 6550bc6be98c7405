import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plantTree, root, runNode } from './planted-tree.js';

type Json = Readonly<Record<string, unknown>>;

interface BreakingChange {
  readonly operation: string;
  readonly what: string;
}

const { breakingChanges } = (await import(join(root, 'scripts/lib/breaking-changes.mjs'))) as {
  readonly breakingChanges: (before: Json, after: Json) => readonly BreakingChange[];
};

const components: Json = {
  schemas: {
    Money: { type: 'object', properties: { amount: { type: 'integer' }, currency: { type: 'string' } }, required: ['amount', 'currency'] },
    Folder: {
      type: 'object',
      properties: { name: { type: 'string' }, inner: { $ref: '#/components/schemas/Folder' } },
      required: ['name'],
    },
  },
};

const document = (operation: Json, path = '/tickets/{id}', method = 'put', more = components): Json => ({
  paths: { [path]: { [method]: { operationId: 'updateTicket', responses: {}, ...operation } } },
  components: more,
});

const changesOf = (before: Json, after: Json): readonly string[] => breakingChanges(before, after).map(({ what }) => what);

const answering = (schema: Json, status = '200', type = 'application/json'): Json =>
  document({ responses: { [status]: { content: { [type]: { schema } } } } });
const taking = (schema: Json, more: Json = {}): Json => document({ requestBody: { content: { 'application/json': { schema } }, ...more } });
const asking = (schema: Json, more: Json = {}): Json => document({ parameters: [{ name: 'page', in: 'query', schema, ...more }] });

const object = (properties: Json, required: readonly string[] = []): Json => ({ type: 'object', properties, required });
const text = { type: 'string' };
const upTo = (maxLength: number): Json => ({ ...text, maxLength });
const money = { $ref: '#/components/schemas/Money' };
const nothing = { type: 'null' };
const roles = (...names: readonly string[]): Json => document({ security: [{ bearer: [] }], 'x-roles': names });

type Case = readonly [situation: string, before: Json, after: Json, ...whats: readonly string[]];

const BREAKING: readonly Case[] = [
  ['an operation is gone', document({}), document({}, '/tickets/{id}', 'patch'), 'is gone'],
  ['an operation has another id', document({}), document({ operationId: 'changeTicket' }), 'is called changeTicket now'],
  ['a success status is gone', answering(text), answering(text, '201'), 'status 200 is gone'],
  ['a media type is gone', answering(text), answering(text, '200', 'text/csv'), 'answer 200: media type application/json is gone'],
  ['a field of an answer is gone', answering(object({ id: text })), answering(object({})), 'answer 200: id is gone'],
  [
    'a field of an answer has another type',
    answering(object({ items: { type: 'array', items: object({ id: text }) } })),
    answering(object({ items: { type: 'array', items: object({ id: { type: 'integer' } }) } })),
    'answer 200: items[].id may be integer now',
  ],
  [
    'a field of an answer may be null',
    answering(object({ price: money })),
    answering(object({ price: { anyOf: [money, nothing] } })),
    'answer 200: price may be null now',
  ],
  [
    'a field of an answer is not always there',
    answering(object({ id: text }, ['id'])),
    answering(object({ id: text })),
    'answer 200: id is not always there now',
  ],
  ["a request's field is gone", taking(object({ note: text })), taking(object({})), 'body: note is gone'],
  ["a request's parameter is gone", asking(text), document({}), 'query page is gone'],
  ["a request's body is gone", taking(text), document({}), 'body is gone'],
  ["a request's field is required", taking(object({ note: text })), taking(object({ note: text }, ['note'])), 'body: note is required now'],
  ["a request's new field is required", taking(object({})), taking(object({ note: text }, ['note'])), 'body: note is required now'],
  ['a parameter is required', asking(text), asking(text, { required: true }), 'query page is required now'],
  ['a body is required', taking(text), taking(text, { required: true }), 'body is required now'],
  [
    "a request's field has another type",
    taking(object({ days: { type: 'number' } })),
    taking(object({ days: { type: 'integer' } })),
    'body: days takes no number now',
  ],
  [
    "a request's field may no longer be null",
    taking(object({ note: { type: ['string', 'null'] } })),
    taking(object({ note: text })),
    'body: note takes no null now',
  ],
  ['a parameter has another format', asking({ type: 'string' }), asking({ ...text, format: 'uuid' }), 'query page: takes no string now'],
  ['an enum value is gone', asking({ enum: ['A', 'B'] }), asking({ enum: ['B'] }), 'query page: "A" is gone'],
  ['only some values are taken', asking(text), asking({ ...text, enum: ['A', 'B'] }), 'query page: takes only ["A","B"] now'],
  ['maxLength is lower', asking(upTo(9)), asking(upTo(8)), 'query page: maxLength is 8, was 9'],
  ['minLength is new', asking(text), asking({ ...text, minLength: 1 }), 'query page: minLength is 1, was any'],
  ['maximum is lower', asking({ type: 'integer', maximum: 9 }), asking({ type: 'integer', maximum: 8 }), 'query page: maximum is 8, was 9'],
  ['minimum is new', asking({ type: 'integer' }), asking({ type: 'integer', minimum: 0 }), 'query page: minimum is 0, was any'],
  ['maxItems is new', asking({ type: 'array' }), asking({ type: 'array', maxItems: 5 }), 'query page: maxItems is 5, was any'],
  ['pattern is another', asking({ ...text, pattern: '^a' }), asking({ ...text, pattern: '^b' }), 'query page: pattern is ^b, was ^a'],
  ['fewer roles may', roles('AGENT', 'ADMIN'), roles('ADMIN'), 'is closed to AGENT now'],
  ['a public operation needs sign-in', document({ security: [] }), document({ security: [{ bearer: [] }] }), 'needs sign-in now'],
  [
    'a component loses a field, deep within',
    answering(money),
    document({ responses: { 200: { content: { 'application/json': { schema: money } } } } }, '/tickets/{id}', 'put', {
      schemas: { Money: object({ amount: { type: 'integer' } }, ['amount']) },
    }),
    'answer 200: currency is gone',
  ],
];

const FINE: readonly Case[] = [
  ['an operation is new', { paths: {} }, document({})],
  ['a path parameter has another name', document({}), document({}, '/tickets/{ticketId}')],
  ['a field of an answer is new', answering(object({})), answering(object({ id: text }, ['id']))],
  ['a field of an answer is always there now', answering(object({ id: text })), answering(object({ id: text }, ['id']))],
  ['a field of an answer is never null now', answering({ type: ['string', 'null'] }), answering(text)],
  ['a value of an answer is new', answering({ enum: ['A'] }), answering({ enum: ['A', 'B'] })],
  ['a refusal is gone', document({ responses: { 409: {} } }), document({ responses: { 404: {} } })],
  ['an optional input is new', taking(object({})), taking(object({ note: text }))],
  ['an optional parameter is new', document({}), asking(text)],
  ['an input is no longer required', taking(object({ note: text }, ['note'])), taking(object({ note: text }))],
  ['an input may be more', asking({ type: 'integer', maximum: 8 }), asking({ type: ['number', 'null'], maximum: 9 })],
  ['an enum value is new', asking({ enum: ['A'] }), asking({ enum: ['A', 'B'] })],
  ['one of two inputs takes what the other took', asking({ anyOf: [{ ...text, format: 'uuid' }, text] }), asking(text)],
  ['two kinds of input stay', asking({ anyOf: [upTo(5), upTo(9)] }), asking({ anyOf: [upTo(9), upTo(5)] })],
  ['more roles may', roles('ADMIN'), roles('AGENT', 'ADMIN')],
  ['a schema holds itself', answering({ $ref: '#/components/schemas/Folder' }), answering({ $ref: '#/components/schemas/Folder' })],
  ['a reference is written out', answering(money), answering((components.schemas as Readonly<Record<string, Json>>).Money ?? {})],
];

describe('breaking changes of the API reference', () => {
  for (const [situation, before, after, ...whats] of BREAKING)
    it(`when ${situation}, then it is named`, () => {
      expect(changesOf(before, after)).to.deep.equal(whats);
    });

  for (const [situation, before, after] of FINE)
    it(`when ${situation}, then nothing is`, () => {
      expect(changesOf(before, after)).to.deep.equal([]);
    });

  it('when an operation is gone, then its id is told', () => {
    expect(breakingChanges(document({}), { paths: {} })).to.deep.equal([{ operation: 'updateTicket', what: 'is gone' }]);
  });
});

describe('compatibility with the last release', () => {
  const script = 'scripts/check-compatibility.mjs';
  const file = 'docs/released/openapi.json';

  it('when nothing was released, then it passes and says so', async () => {
    const tree = await plantTree({});
    try {
      expect(await runNode(script, [tree.path])).to.deep.equal({ code: 0, output: 'no release yet\n' });
    } finally {
      await tree.remove();
    }
  });

  it('when an operation of the release is gone, then it fails until the changelog names it as breaking', async () => {
    const tree = await plantTree({});
    try {
      expect((await runNode(script, [tree.path, '--release'])).code).to.equal(0);
      const released = JSON.parse(await readFile(join(tree.path, file), 'utf8')) as { readonly paths: Json };
      expect((await runNode(script, [tree.path])).output).to.match(/^[1-9]\d+ paths, 0 breaking changes, 0 faults\n$/);

      // To make Riparo's reference takes seconds; from here on it is the file that was just seen to be the same.
      await tree.write('reference.json', JSON.stringify(released));
      const checkAgain = () => runNode(script, [tree.path, `--reference=${join(tree.path, 'reference.json')}`]);
      const older = { ...released, paths: { ...released.paths, '/api/v1/old': { get: { operationId: 'getOld', responses: {} } } } };
      await tree.write(file, JSON.stringify(older));
      await tree.write('CHANGELOG.md', '## Unreleased\n### Added\n- `getOld` is new.\n## 1.0.0\n### Breaking\n- `getOld` is gone.\n');
      const refused = await checkAgain();
      expect(refused.output).to.contain('getOld: is gone').and.contain('1 breaking changes, 1 faults');
      expect(refused.code).to.equal(1);

      await tree.write('CHANGELOG.md', '## Unreleased\n### Breaking\n- `getOld` is gone.\n### Added\n## 1.0.0\n');
      const allowed = await checkAgain();
      expect(allowed.output).to.contain('1 breaking changes, 0 faults');
      expect(allowed.code).to.equal(0);
    } finally {
      await tree.remove();
    }
  });
});
