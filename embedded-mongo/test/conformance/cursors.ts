import { Long } from 'mongodb';
import { finds, type Scenario } from './scenario.js';

const five = [1, 2, 3, 4, 5].map((_id) => ({ _id }));
const more = (batchSize?: number) => ({ getMore: '@cursor', collection: '@', ...(batchSize === undefined ? {} : { batchSize }) });

export const cursors: readonly Scenario[] = [
  {
    title: 'a first batch of none, then batches as they are asked for',
    given: five,
    steps: [
      { run: { find: '@', batchSize: 0 }, gives: { cursor: { firstBatch: [], ns: 'test.@' } } },
      { run: more(2), gives: { cursor: { nextBatch: five.slice(0, 2), ns: 'test.@' } } },
      { run: more(2), gives: { cursor: { nextBatch: five.slice(2, 4) } } },
      { run: more(), gives: { cursor: { nextBatch: five.slice(4), id: 0 } } },
    ],
  },
  {
    title: 'a limit ends the cursor, a single batch leaves none',
    given: five,
    steps: [
      finds({ find: '@', limit: 2 }, five.slice(0, 2)),
      finds({ find: '@', batchSize: 2, singleBatch: true }, five.slice(0, 2)),
      finds({ find: '@', skip: 3 }, five.slice(3)),
      finds({ find: '@', filter: { _id: 9 } }, []),
      { run: { find: '@', limit: 4, batchSize: 3 }, gives: { cursor: { firstBatch: five.slice(0, 3) } } },
      { run: more(3), gives: { cursor: { nextBatch: five.slice(3, 4), id: 0 } } },
    ],
  },
  {
    title: 'an aggregation has a cursor, too',
    given: five,
    steps: [
      {
        run: { aggregate: '@', pipeline: [{ $match: {} }], cursor: { batchSize: 0 } },
        gives: { cursor: { firstBatch: [], ns: 'test.@' } },
      },
      { run: more(3), gives: { cursor: { nextBatch: five.slice(0, 3) } } },
      { run: more(), gives: { cursor: { nextBatch: five.slice(3), id: 0 } } },
    ],
  },
  {
    title: 'a cursor that was killed, has ended or belongs elsewhere gives nothing',
    given: five,
    steps: [
      { run: { find: '@', batchSize: 1 }, gives: { cursor: { firstBatch: five.slice(0, 1) } } },
      { run: { getMore: '@cursor', collection: 'elsewhere' }, fails: 13 },
      { run: { killCursors: '@', cursors: ['@cursor'] }, gives: { cursorsKilled: ['@cursor'], cursorsNotFound: [], cursorsAlive: [] } },
      { run: more(), fails: 43 },
      { run: { killCursors: '@', cursors: ['@cursor'] }, gives: { cursorsKilled: [], cursorsNotFound: ['@cursor'] } },
      { run: { getMore: Long.fromNumber(12345), collection: '@' }, fails: 43 },
      { run: { getMore: 'x', collection: '@' }, fails: 14 },
    ],
  },
  {
    title: 'collections and indexes come through cursors',
    given: five,
    indexes: [{ key: { a: 1 }, name: 'a_1' }],
    steps: [
      {
        run: { listCollections: 1, filter: { name: '@' }, nameOnly: true },
        gives: { cursor: { id: 0, ns: 'test.$cmd.listCollections', firstBatch: [{ name: '@', type: 'collection' }] } },
      },
      {
        run: { listIndexes: '@' },
        gives: {
          cursor: {
            id: 0,
            ns: 'test.@',
            firstBatch: [
              { v: 2, key: { _id: 1 }, name: '_id_' },
              { v: 2, key: { a: 1 }, name: 'a_1' },
            ],
          },
        },
      },
    ],
  },
  {
    title: 'sessions come, are used and go',
    given: five,
    steps: [
      { run: { startSession: 1 }, gives: { ok: 1, timeoutMinutes: 30 } },
      { run: { find: '@', limit: 1 }, gives: { cursor: { firstBatch: five.slice(0, 1) } } },
      { run: { endSessions: [] }, gives: { ok: 1 } },
      { run: { commitTransaction: 1, txnNumber: Long.ONE, autocommit: false }, fails: 20 },
    ],
  },
];
