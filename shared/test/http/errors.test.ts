import { expect } from 'chai';
import { MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import { invalidInput, stale, unavailable } from '../../src/errors/common-errors.js';
import { DomainError, type ErrorKind } from '../../src/errors/domain-error.js';
import { STATUS_OF } from '../../src/http/error-handler.js';
import { get } from '../../src/http/route.js';
import { DuplicateKeyError } from '../../src/errors/duplicate-key-error.js';
import { captureLog } from '../log-capture.js';
import { startDemo, type Demo } from './demo-app.js';

describe('errors of a use case', () => {
  let demo: Demo | undefined;
  afterEach(() => demo?.stop());

  const answerTo = async (error: unknown) => {
    const capture = captureLog();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is thrown need not be an Error
    const routes = [get('/fails', 'public', 'Fails', {}, () => Promise.reject(error))];
    demo = await startDemo({ routes, log: capture.log });
    return { ...(await demo.api.get('/fails')), capture };
  };

  for (const [kind, status] of Object.entries(STATUS_OF)) {
    it(`when the kind is ${kind}, then ${status} as a problem document`, async () => {
      const answer = await answerTo(
        new DomainError(kind as ErrorKind, 'TICKET_IS_ODD', 'The ticket is odd.', { extra: { allowed: ['EVEN'] } }),
      );
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(answer.body).to.deep.equal({
        type: '/problems/ticket-is-odd',
        title: 'Ticket is odd',
        status,
        detail: 'The ticket is odd.',
        code: 'TICKET_IS_ODD',
        requestId: answer.headers.get('x-request-id'),
        allowed: ['EVEN'],
      });
    });
  }

  it('when it waits for a dependency, then Retry-After', async () => {
    const answer = await answerTo(unavailable('The database', 7));
    expect(answer.headers.get('retry-after')).to.equal('7');
  });

  it('when the version is stale, then 412 with the current one', async () => {
    const answer = await answerTo(stale(9));
    expect([answer.status, answer.body.code, answer.body.currentVersion]).to.deep.equal([412, 'STALE_VERSION', 9]);
  });

  it('when input is invalid, then errors lists the faults', async () => {
    const faults = [{ path: 'a', message: 'is required' }];
    expect((await answerTo(invalidInput(faults))).body.errors).to.deep.equal(faults);
  });

  it('when a unique index refuses and nobody says why, then 409 DUPLICATE', async () => {
    const answer = await answerTo(new DuplicateKeyError('users', ['email']));
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'DUPLICATE']);
    expect(answer.text).not.to.contain('users');
  });

  const away = [
    new MongoNetworkError('connect ECONNREFUSED 10.0.0.1'),
    Object.create(MongoServerSelectionError.prototype, { name: { value: 'MongoServerSelectionError' } }),
  ];
  for (const error of away) {
    it(`when the driver throws ${(error as Error).name}, then 503 DEPENDENCY_UNAVAILABLE with Retry-After`, async () => {
      const answer = await answerTo(error);
      expect([answer.status, answer.body.code]).to.deep.equal([503, 'DEPENDENCY_UNAVAILABLE']);
      expect(Number(answer.headers.get('retry-after'))).to.be.greaterThan(0);
      expect(answer.text).not.to.contain('10.0.0.1');
    });
  }

  for (const error of [
    new TypeError('secret internals'),
    'secret internals',
    Object.assign(new Error('secret internals'), { code: 'TICKET' }),
  ]) {
    it(`when it is a fault of ours (${typeof error}), then 500 INTERNAL_ERROR without internals, and the log has it`, async () => {
      const { status, body, text, capture } = await answerTo(error);
      expect([status, body.code]).to.deep.equal([500, 'INTERNAL_ERROR']);
      expect(text).not.to.match(/secret internals|TypeError|\.js/);
      const line = capture.lines.find(({ msg }) => msg === 'request failed');
      expect(JSON.stringify(line)).to.contain('secret internals');
      expect(line).to.include({ requestId: body.requestId });
    });
  }

  it('when it refuses, then the log has no stack of it', async () => {
    const { capture } = await answerTo(new DomainError('conflict', 'ODD', 'odd'));
    expect(capture.text()).not.to.contain('DomainError');
  });
});
