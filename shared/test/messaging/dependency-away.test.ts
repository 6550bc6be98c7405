import { expect } from 'chai';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import { notFound, unavailable } from '../../src/errors/common-errors.js';
import { isDependencyAway } from '../../src/messaging/dependency-away.js';

const chain = (depth: number, cause: unknown): unknown =>
  Array.from({ length: depth }).reduce((inner) => new Error('failed', { cause: inner }), cause);

describe('isDependencyAway', () => {
  const table: readonly (readonly [string, unknown, boolean])[] = [
    ['the driver lost its server', new MongoNetworkError('connection 3 closed'), true],
    ['the server is shutting down', new MongoServerError({ message: 'shutting down', code: 11600 }), true],
    ['the disk of the server is full', new MongoServerError({ message: 'no space left', code: 14031 }), true],
    ['a unique index refuses', new MongoServerError({ message: 'duplicate key', code: 11000 }), false],
    ['nothing listens', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
    ['a file is missing', Object.assign(new Error('open'), { code: 'ENOENT' }), false],
    ['another service is away', unavailable('assets'), true],
    ['there is no such ticket', notFound('ticket'), false],
    [
      'mongoose waited for its connection',
      Object.assign(new Error('Operation `x.find()` buffering timed out'), { name: 'MongooseError' }),
      true,
    ],
    ['a program is wrong', new TypeError('x is not a function'), false],
    ['the cause is that a server is away', chain(2, unavailable('assets')), true],
    ['something is thrown that is no error', 'ECONNREFUSED', false],
  ];
  for (const [what, error, away] of table)
    it(`when ${what}, then ${String(away)}`, () => {
      expect(isDependencyAway(error)).to.equal(away);
    });
});
