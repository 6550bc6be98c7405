import { expect } from 'chai';
import Joi from 'joi';
import { describeRoutes } from '../../src/http/reference/describe-routes.js';
import { bytes, fields, nothing, one, pageOf, view } from '../../src/http/reference/answer.js';
import { count, id, text, version } from '../../src/http/reference/answer-fields.js';
import { ok } from '../../src/http/reply.js';
import { get, operations, remove, type Described } from '../../src/http/route.js';
import { createAnswerCheck, type ReceivedAnswer } from '../../src/testing/check-answer.js';

const THING = '0192f3a0-0000-7000-8000-000000000001';
const thing = view('Thing', 'A thing.', { id: id(), name: text(), size: count().optional(), version: version() });
const described = operations(
  { name: 'Things', about: 'Things.' },
  {
    getThing: { answer: one(thing), problems: { 409: ['THING_BUSY'] } },
    listThings: { answer: pageOf(thing) },
    removeThing: { answer: nothing },
    printThing: { answer: bytes(['application/pdf']) },
  },
  { THING_BUSY: fields({ current: text(), by: fields({ id: id() }).optional() }) },
);
const use = (): Promise<ReturnType<typeof ok>> => Promise.resolve(ok({}));
const read = (path: string, about: Described) => get(path, 'read:tickets', 'Reads.', {}, use, about);
const check = createAnswerCheck(
  JSON.stringify(
    describeRoutes('demo', [
      read('/things', described.listThings),
      read('/things/:id', described.getThing),
      read('/things/:id/print.pdf', described.printThing),
      remove('/things/:id', 'read:tickets', 'Removes.', {}, use, described.removeThing),
      get('/found', 'public', 'Finds.', { query: Joi.object({ search: text() }) }, use),
    ]),
  ),
);

const SHOWN = { id: THING, name: 'Lamp', version: 3 };
const AT = '2026-03-02T09:00:00.000Z';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const WITH_ETAG = { ...JSON_TYPE, etag: '"3"' };
const ONE = `/api/v1/things/${THING}`;

const answer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = WITH_ETAG,
  path = ONE,
  method = 'GET',
): ReceivedAnswer => ({
  method,
  path,
  status,
  headers: new Headers(headers),
  text: body === undefined ? '' : JSON.stringify(body),
});
const thingAnswer = (more: object, headers?: Record<string, string>): ReceivedAnswer =>
  answer(200, { data: { ...SHOWN, ...more }, timestamp: AT }, headers);
const problem = (status: number, code: string, more: object = {}, method = 'GET'): ReceivedAnswer =>
  answer(
    status,
    { type: '/problems/x', title: 'X', status, detail: 'X.', code, requestId: 'r', ...more },
    { 'content-type': 'application/problem+json' },
    ONE,
    method,
  );

describe('The check of answers', () => {
  const good: readonly (readonly [string, ReceivedAnswer])[] = [
    ['a thing', thingAnswer({})],
    ['a thing with what is optional', thingAnswer({ size: 2 })],
    ['a refusal of its own', problem(409, 'THING_BUSY', { current: 'LENT', by: { id: THING } })],
    ['a refusal of every change', problem(412, 'STALE_VERSION', { currentVersion: 4 }, 'DELETE')],
    ['a refusal of its kind', problem(404, 'THING_NOT_FOUND')],
    ['nothing', answer(204, undefined, {}, ONE, 'DELETE')],
    ['a file', answer(200, 'bytes', { 'content-type': 'application/pdf' }, `${ONE}/print.pdf`)],
    ['a refusal where nothing is', answer(404, {}, JSON_TYPE, '/api/v1/nowhere')],
  ];
  for (const [title, received] of good) {
    it(`when the answer is ${title}, then it passes`, () => {
      expect(() => check(received)).to.not.throw();
    });
  }

  const bad: readonly (readonly [string, ReceivedAnswer, RegExp])[] = [
    ['a field that nobody described', thingAnswer({ secret: 1 }), /"secret"/],
    ['a field that is missing', thingAnswer({ name: undefined }), /"name"/],
    ['a field of another type', thingAnswer({ size: '2' }), /\/data\/size/],
    ['no ETag', thingAnswer({}, JSON_TYPE), /lacks the header ETag/],
    ['a header that is not told', thingAnswer({}, { ...WITH_ETAG, link: '<x>' }), /header Link/],
    ['another status', answer(202, {}), /is not described/],
    ['another media type', answer(200, 'x', { ...WITH_ETAG, 'content-type': 'text/csv' }), /media type text\/csv/],
    ['a code that is not told', problem(409, 'THING_GONE'), /\/code/],
    ['a refusal without a member of its own', problem(409, 'THING_BUSY'), /"current"/],
    ['a member that nobody described', problem(409, 'THING_BUSY', { current: 'LENT', owner: 'Rosa' }), /"owner"/],
    ['such a member further down', problem(409, 'THING_BUSY', { current: 'LENT', by: { id: THING, name: 'Rosa' } }), /"name"/],
    ['a member of another refusal', problem(404, 'THING_NOT_FOUND', { current: 'LENT' }), /"current"/],
    ['a body where there is none', answer(204, {}, JSON_TYPE, ONE, 'DELETE'), /describes none/],
    ['a page without its place', answer(200, { data: [SHOWN] }, JSON_TYPE, '/api/v1/things'), /"pagination"/],
    ['a success of no operation', answer(200, {}, JSON_TYPE, '/api/v1/nowhere'), /no operation/],
    ['an answer that is not described yet', answer(200, {}, JSON_TYPE, '/api/v1/found'), /describes none/],
  ];
  for (const [title, received, reason] of bad) {
    it(`when the answer has ${title}, then it does not pass`, () => {
      expect(() => check(received)).to.throw(reason);
    });
  }

  it('when an answer passes, then the operation has a name', () => {
    expect(check(thingAnswer({}))).to.equal('getThing');
  });
});
