import { expect } from 'chai';
import { bytes, fields, nothing, one, pageOf } from '../../../src/http/reference/answer.js';
import { flag, id } from '../../../src/http/reference/answer-fields.js';
import { describeRoutes } from '../../../src/http/reference/describe-routes.js';
import { ok } from '../../../src/http/reply.js';
import { create, get, type Route } from '../../../src/http/route.js';

interface Operation {
  readonly 'x-rate-limit'?: readonly { readonly name: string }[];
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly headers: object; readonly content?: Readonly<Record<string, unknown>> }>
  >;
}

const handle = () => Promise.resolve(ok({}));
const describedAs = (route: Route): Operation =>
  Object.values(describeRoutes('demo', [route]).paths).flatMap((methods) => Object.values(methods))[0] as unknown as Operation;

describe('further answers in the API reference', () => {
  it('when a GET can be answered 304, then it takes If-None-Match and answers the same ETag without a body', () => {
    const { parameters, responses } = describedAs(
      get('/feed', 'public', 'A feed.', {}, handle, {
        answer: bytes(['text/calendar']),
        headers: { ETag: 'Of this content.' },
        others: { 304: { about: 'Nothing is new.', answer: nothing } },
      }),
    );
    expect(parameters.map(({ name }) => name)).to.deep.equal(['If-None-Match']);
    expect(responses[304]).to.include({ description: 'Nothing is new.' }).and.not.to.have.property('content');
    expect(responses[304]?.headers).to.have.property('ETag');
  });

  it('when a page refuses in words, then the refusal is HTML or a problem document', () => {
    const others = { 422: { about: 'The page says what is wrong.', answer: bytes(['text/html']) } };
    const { responses } = describedAs(get('/page', 'public', 'A page.', {}, handle, { page: true, answer: bytes(['text/html']), others }));
    expect(responses[422]?.description).to.equal('The page says what is wrong. Otherwise `VALIDATION_FAILED`.');
    expect(Object.keys(responses[422]?.content ?? {})).to.have.members(['text/html', 'application/problem+json']);
  });

  it('when a list says more beside its items, then the answer has that field too', () => {
    const answer = pageOf(fields({ id: id() }), { estimated: flag() });
    const { content } = describedAs(get('/times', 'public', 'Times.', {}, handle, { answer })).responses[200] ?? {};
    const { schema } = content?.['application/json'] as { readonly schema: { readonly required: readonly string[] } };
    expect(schema.required).to.deep.equal(['data', 'pagination', 'estimated']);
  });

  it('when a route has a limit of its own, then it is told with its code, after that of uploads', () => {
    const limit = { name: 'mails', code: 'TOO_MANY_MAILS', about: '5 an hour.' };
    const answer = one(fields({ id: id() }));
    const operation = describedAs(create('/mails', 'public', 'Sends a mail.', {}, handle, { answer, limits: [limit] }));
    expect(operation['x-rate-limit']?.map(({ name }) => name)).to.deep.equal(['uploads', 'mails']);
    expect(operation.responses[429]?.description).to.equal('`RATE_LIMITED`, `TOO_MANY_UPLOADS`, `TOO_MANY_MAILS`');
  });

  it('when a request may still be running, then its 409 says when to try again', () => {
    const answer = one(fields({ id: id() }));
    const { responses } = describedAs(
      create('/things', 'public', 'Creates a thing.', {}, handle, { answer, problems: { 409: ['BUSY'], 410: ['GONE'] } }),
    );
    expect(responses[409]?.headers).to.have.property('Retry-After');
    expect(responses[410]?.headers).not.to.have.property('Retry-After');
  });
});
