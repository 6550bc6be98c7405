import type { Money } from '@riparo/shared/contracts/money';
import { barChart, CHART_STYLE, type Series } from '@riparo/shared/pages/chart';
import { openPage } from '@riparo/shared/pages/layout';
import { escaped, paragraph, TABLE_STYLE, wideTable, type PageCell } from '@riparo/shared/pages/parts';
import { writeMoney } from '@riparo/shared/text/write-money';
import { signedInAs, STAFF_STYLE, tiles, type StaffFrame } from './frame.js';
import { bySlice, type Slice } from './page-period.js';
import type { ReportData, ReportName } from './report-data.js';
import { reportWords, type ReportWords } from './report-words.js';

export interface ReportContent {
  readonly frame: StaffFrame;
  readonly data: ReportData;
  /** The first and the last day. */
  readonly from: string;
  readonly until: string;
  readonly slices: readonly Slice[];
  readonly fault: string;
  /** The beginnings of the periods that can be chosen with one click. */
  readonly quick: Readonly<Record<keyof ReportWords['quick'], string>>;
  readonly today: string;
}

export const REPORT_PAGE = '/reports';
export const EXPORT_PAGE = '/reports/export';

/** The rows that a table of the page shows; all of them are in its CSV. */
const MOST_ROWS = 40;
const NEWEST = 5;

const STYLE =
  '.period{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:end;padding-top:.3rem}.period div{flex:1 1 9rem;min-width:0}.period button{width:auto}.quick a{display:inline-block;padding:.3rem .6rem .3rem 0}' +
  'section{border-top:1px solid var(--line);margin-top:2rem}summary{cursor:pointer;padding:.4rem 0;color:var(--link)}';

const moneyIn = (all: readonly Money[], language: string): string =>
  all.length === 0 ? '–' : all.map((each) => writeMoney(each, language)).join(' + ');

const picker = ({ frame, from, until, quick, today }: ReportContent, words: ReportWords): string => {
  const field = (name: string, label: string, value: string): string =>
    `<div><label for="${name}">${escaped(label)}</label><input id="${name}" name="${name}" type="date" required value="${value}"></div>`;
  const links = Object.entries(quick).map(
    ([key, start]) =>
      `<a href="${frame.link(REPORT_PAGE, { from: start, until: today })}">${escaped(words.quick[key as keyof typeof quick])}</a>`,
  );
  return (
    `<form class="period" action="${REPORT_PAGE}" aria-label="${escaped(words.period)}">${field('from', words.from, from)}${field('until', words.until, until)}` +
    `<input type="hidden" name="lang" value="${frame.language}"><button>${escaped(words.show)}</button></form><p class="quick">${links.join(' ')}</p>`
  );
};

const csvLink = ({ frame, from, until }: ReportContent, words: ReportWords, report: ReportName, about: string): string =>
  `<p><a href="${frame.link(EXPORT_PAGE, { report, from, until })}">${escaped(`${words.csv}: ${about}`)}</a></p>`;

/** Bars by day or month, and the same in a table, whose rows lead to the report of that day or month. */
const overTime = (
  content: ReportContent,
  words: ReportWords,
  title: string,
  series: readonly Series[],
  write: (value: number) => string,
) => {
  const { slices, frame } = content;
  const chart = barChart({ title, labels: slices.map(({ label }) => label), series, write });
  if (chart === '') return paragraph(words.none);
  const rows = slices.map(({ label, from, until }, index): readonly PageCell[] => [
    { html: `<a href="${frame.link(REPORT_PAGE, { from, until })}">${escaped(label)}</a>` },
    ...series.map(({ values }) => write(values[index] ?? 0)),
  ]);
  const table = wideTable({ caption: title, columns: [words.when, ...series.map(({ name }) => name)], rows });
  return `${chart}<details><summary>${escaped(words.table)}: ${escaped(title)}</summary>${table}</details>`;
};

const shortened = (words: ReportWords, rows: readonly (readonly PageCell[])[]) => ({
  rows: rows.slice(0, MOST_ROWS),
  note: rows.length > MOST_ROWS ? paragraph(words.more) : '',
});

const section = (id: string, title: string, inside: string): string => `<section id="${id}"><h2>${escaped(title)}</h2>${inside}</section>`;

const count = (value: number): string => String(value);

const repairs = (content: ReportContent, words: ReportWords): string => {
  const { data, slices, frame } = content;
  const { summary, completed, refused } = data;
  const values = ({ byDay }: typeof completed) => bySlice(slices, byDay, (day) => day.count);
  const { rows, note } = shortened(
    words,
    summary.byTechnician.map((row) => [
      row.name,
      ...[row.processed, row.completed, row.refused].map(count),
      row.medianHours === null ? '–' : row.medianHours.toLocaleString(frame.language),
    ]),
  );
  const columns = [words.technician, words.processed, words.completedShort, words.refusedShort, words.medianHours];
  return section(
    'repairs',
    words.repairs,
    overTime(
      content,
      words,
      words.repairs,
      [
        { name: words.completedShort, values: values(completed) },
        { name: words.refusedShort, values: values(refused) },
      ],
      count,
    ) +
      `<div id="by-technician">${wideTable({ caption: words.processedBy, columns, rows })}${note}</div>` +
      csvLink(content, words, 'repairs', words.repairs),
  );
};

const figures = ({ data: { summary }, frame: { language } }: ReportContent, words: ReportWords): string =>
  `<h2>${escaped(words.figures)}</h2>` +
  tiles([
    { name: words.completed, value: count(summary.completed), href: '#repairs' },
    { name: words.refused, value: count(summary.refused), href: '#repairs' },
    { name: words.cost, value: moneyIn(summary.productionCost, language), href: '#by-technician' },
    { name: words.technicianCount, value: count(summary.byTechnician.length), href: '#by-technician' },
    { name: words.revenue, value: moneyIn(summary.revenue, language), href: '#money' },
  ]);

const tickets = (content: ReportContent, words: ReportWords): string => {
  const { data, slices } = content;
  const its = data.tickets;
  const minutes = (value: number | null): string => (value === null ? '–' : words.minutes(value));
  const tile = (name: string, value: number | string, href = '#tickets') => ({ name, value: String(value), href });
  return section(
    'tickets',
    words.tickets,
    tiles([
      tile(words.opened, its.opened),
      tile(words.resolved, its.resolved, '#technicians'),
      tile(words.reopened, its.reopened, '#technicians'),
      tile(words.openNow, its.backlog.open, '#technicians'),
      tile(words.olderThan7, its.backlog.olderThan7Days, '#technicians'),
      tile(words.firstReply, minutes(its.firstResponse.medianMinutes)),
      tile(words.resolution, minutes(its.resolution.medianMinutes), '#technicians'),
      tile(words.slaKept, its.sla.kept, '#technicians'),
      tile(words.slaBreached, its.sla.breached, '#technicians'),
      tile(words.replyKept, its.sla.firstResponse.kept),
      tile(words.replyLate, its.sla.firstResponse.breached),
    ]) +
      overTime(
        content,
        words,
        words.tickets,
        [
          { name: words.opened, values: bySlice(slices, its.byDay, ({ opened }) => opened) },
          { name: words.resolved, values: bySlice(slices, its.byDay, ({ resolved }) => resolved) },
        ],
        count,
      ) +
      csvLink(content, words, 'tickets', words.tickets),
  );
};

const money = (content: ReportContent, words: ReportWords): string => {
  const {
    data: { payments },
    slices,
    frame: { language },
  } = content;
  const write = (each: Money): string => writeMoney(each, language);
  const rows = payments.byMethod.map((row) => [
    words.methods[row.method] ?? row.method,
    ...[count(row.payments), write(row.received), count(row.refunds), write(row.refunded), write(row.net)],
  ]);
  // Currencies are never added up: each has bars of its own.
  const charts = payments.totals.map(({ net: { currency } }) => {
    const days = payments.byDay.filter((day) => day.net.currency === currency);
    const series = [
      { name: words.received, values: bySlice(slices, days, ({ received }) => received.amount) },
      { name: words.refunded, values: bySlice(slices, days, ({ refunded }) => refunded.amount) },
    ];
    const title = payments.totals.length > 1 ? `${words.money} (${currency})` : words.money;
    return overTime(content, words, title, series, (amount) => write({ amount, currency }));
  });
  const columns = [words.method, words.payments, words.received, words.refunds, words.refunded, words.net];
  return section(
    'money',
    words.money,
    tiles([
      {
        name: words.received,
        value: moneyIn(
          payments.totals.map(({ received }) => received),
          language,
        ),
        href: '#by-method',
      },
      {
        name: words.net,
        value: moneyIn(
          payments.totals.map(({ net }) => net),
          language,
        ),
        href: '#by-method',
      },
    ]) +
      (charts.length === 0 ? paragraph(words.none) : charts.join('')) +
      `<div id="by-method">${wideTable({ caption: `${words.money}: ${words.method}`, columns, rows })}</div>` +
      csvLink(content, words, 'payments', words.money),
  );
};

const technicians = (content: ReportContent, words: ReportWords): string => {
  const all = content.data.technicians.technicians;
  const { rows, note } = shortened(
    words,
    all.map((row) => [row.name, ...[row.openTickets, row.overdueTickets, row.resolved, row.slaKept, row.slaBreached].map(count)]),
  );
  const columns = [words.technician, words.openTickets, words.overdue, words.resolved, words.slaKept, words.slaBreached];
  const lists = all
    .filter((row) => row.tickets.length > 0)
    .slice(0, MOST_ROWS)
    .map(({ name, tickets: newest }) => {
      const items = newest
        .slice(0, NEWEST)
        .map(({ ticketNumber, title }) => `<li>${escaped(ticketNumber)} <bdi>${escaped(title)}</bdi></li>`);
      return `<details><summary>${escaped(words.newest)}: <bdi>${escaped(name)}</bdi></summary><ul>${items.join('')}</ul></details>`;
    });
  const table = rows.length === 0 ? paragraph(words.none) : wideTable({ caption: words.desks, columns, rows });
  return section(
    'technicians',
    words.technicians,
    table + note + lists.join('') + csvLink(content, words, 'technicians', words.technicians),
  );
};

const equipment = (content: ReportContent, words: ReportWords): string => {
  const its = content.data.equipment;
  if (its === undefined) return '';
  const percent = new Intl.NumberFormat(content.frame.language, { style: 'percent', maximumFractionDigits: 1 });
  const { rows, note } = shortened(
    words,
    its.models.map((row) => [
      `${row.brand} ${row.model}`,
      ...[count(row.count), percent.format(row.share), count(row.repeats)],
      { html: `<span class="text" dir="auto">${escaped(row.problems[0]?.text.slice(0, 120) ?? '–')}</span>` },
    ]),
  );
  const columns = [words.model, words.failures, words.share, words.repeats, words.problem];
  const table = rows.length === 0 ? paragraph(words.none) : wideTable({ caption: words.failuresBy, columns, rows });
  return section('equipment', words.equipment, table + note + csvLink(content, words, 'equipment', words.equipment));
};

/** The reports of a period. */
export const reportHtml = (content: ReportContent): string => {
  const { frame, from, until, fault } = content;
  const words = reportWords(frame.language);
  const address = `${REPORT_PAGE}?from=${from}&until=${until}`;
  const inside =
    paragraph(fault, 'said fault') +
    picker(content, words) +
    `<p><a href="${frame.link('/board')}">${escaped(words.board)}</a></p>` +
    [figures, repairs, tickets, money, technicians, equipment].map((part) => part(content, words)).join('') +
    signedInAs(frame);
  return openPage(
    { language: frame.language, brand: frame.brand, address },
    words.title,
    inside,
    STAFF_STYLE + CHART_STYLE + TABLE_STYLE + STYLE + '.text{white-space:normal;display:inline-block;min-width:10rem}',
  );
};
