import type { Platform } from '@riparo/shared/composition/platform';
import type { Money } from '@riparo/shared/contracts/money';
import type { QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';
import { moneyLines } from '../repair-report/repair-tables.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';
import { weightedMedian } from '../weighted-median.js';

/** Versions of quotes of one status that took equally long and are in one currency. */
interface Row {
  readonly _id: { readonly status: QuoteStatus; readonly currency: string; readonly hours: number | null };
  readonly count: number;
  readonly added: number;
}

/** Versions of quotes by the day on which they were sent; the database adds up. */
export type QuotesSent = (tenantId: string, span: Span) => Promise<readonly Row[]>;

export const createQuotesSent =
  ({ connection }: Pick<Platform, 'connection'>): QuotesSent =>
  (tenantId, span) =>
    connection
      .collection('quote_versions')
      .aggregate<Row>([
        { $match: { tenantId, sentAt: within(span) } },
        {
          $group: {
            _id: { status: '$status', currency: '$currency', hours: { $ifNull: ['$hours', null] } },
            count: { $sum: 1 },
            added: { $sum: '$added' },
          },
        },
        { $sort: { '_id.hours': 1 } },
      ])
      .toArray();

const DECIDED: readonly QuoteStatus[] = ['ACCEPTED', 'DECLINED'];

const acceptedTotal = (rows: readonly Row[]): readonly Money[] => {
  const sums = new Map<string, number>();
  for (const { _id, added } of rows) if (_id.status === 'ACCEPTED') sums.set(_id.currency, (sums.get(_id.currency) ?? 0) + added);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
};

const reportOf = (rows: readonly Row[]) => {
  const count = (...statuses: readonly QuoteStatus[]): number =>
    rows.reduce((sum, { _id, count: some }) => (statuses.includes(_id.status) ? sum + some : sum), 0);
  const answered = count('ACCEPTED', 'DECLINED', 'EXPIRED');
  const times = rows.flatMap(({ _id: { status, hours }, count: some }) =>
    hours === null || !DECIDED.includes(status) ? [] : [{ value: hours, count: some }],
  );
  return {
    sent: rows.reduce((sum, { count: some }) => sum + some, 0),
    accepted: count('ACCEPTED'),
    declined: count('DECLINED'),
    expired: count('EXPIRED'),
    withdrawn: count('WITHDRAWN'),
    open: count('SENT'),
    /** Of those that can no longer be answered. */
    acceptanceRate: answered === 0 ? null : Math.round((count('ACCEPTED') / answered) * 1_000) / 1_000,
    medianHours: weightedMedian(times),
    acceptedTotal: acceptedTotal(rows),
  };
};

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly quotesSent: QuotesSent;
}

/** What became of each version of a quote that was sent in the period. */
export const getQuoteReport =
  ({ readPeriod, quotesSent }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period, span } = await readPeriod(caller.tenantId, query, now);
    const report = { period, ...reportOf(await quotesSent(caller.tenantId, span)) };
    return answer(call, 'quotes', report, () => [
      ['section', 'key', 'name', 'value'],
      ...(['sent', 'accepted', 'declined', 'expired', 'withdrawn', 'open', 'acceptanceRate', 'medianHours'] as const).map((figure) => [
        'quotes',
        figure,
        '',
        report[figure],
      ]),
      ...moneyLines('acceptedTotal', report.acceptedTotal),
    ]);
  };
