import type { Money } from '@riparo/shared/contracts/money';
import type { QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import { nameOf, partsOf, type Figures, type Sums } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import { moneyLines } from '../repair-report/repair-tables.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';

/** As `quote.subject.ts` counts it. */
const reportOf = ({ counts, times }: Sums) => {
  const rows = [...counts].flatMap(([name, count]) => {
    const [figure, status, currency = ''] = partsOf(name);
    return figure === 'versions' ? [{ status: status as QuoteStatus, currency, count }] : [];
  });
  const count = (...statuses: readonly QuoteStatus[]): number =>
    rows.reduce((sum, { status, count: some }) => (statuses.includes(status) ? sum + some : sum), 0);
  const answered = count('ACCEPTED', 'DECLINED', 'EXPIRED');
  const accepted = rows.filter(({ status }) => status === 'ACCEPTED');
  return {
    sent: rows.reduce((sum, { count: some }) => sum + some, 0),
    accepted: count('ACCEPTED'),
    declined: count('DECLINED'),
    expired: count('EXPIRED'),
    withdrawn: count('WITHDRAWN'),
    open: count('SENT'),
    /** Of those that can no longer be answered. */
    acceptanceRate: answered === 0 ? null : Math.round((count('ACCEPTED') / answered) * 1_000) / 1_000,
    medianHours: times.get('hours')?.median() ?? null,
    acceptedTotal: accepted.map(({ currency }): Money => ({ amount: counts.get(nameOf('added', currency)) ?? 0, currency })),
  };
};

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly quoteSubject: Subject;
}

/** What became of each version of a quote that was sent in the period. */
export const getQuoteReport =
  ({ readPeriod, figures, quoteSubject }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, quoteSubject, period.timeZone);
    const report = { period, ...reportOf(await sheets.sum(period)) };
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
