import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import { lineNet, type PriceLine, type Totals } from '@riparo/shared/contracts/price-lines';
import { DAY, writeDay, writeTime, type Language } from '@riparo/shared/time/write-time';
import type { Centre } from '../../centre.js';
import type { Quote, QuoteContent, QuoteVersion } from '../quote.js';
import type { Row } from '@riparo/shared/pdf/paper';
import type { Cells } from '@riparo/shared/pdf/table';
import type { QuotePaper } from './print-quote.js';
import { paperWords, type PaperWords } from './words.js';
import { writeAmount, writeRate } from './write-amount.js';

/** Everything that a paper is made from. */
export interface PaperContent {
  readonly quote: Quote;
  readonly version: QuoteVersion;
  readonly centre: Centre;
  readonly customer: PublishedCustomer | undefined;
  readonly language: Language;
  readonly at: Date;
}

export const present = (rows: readonly (readonly [string, string | undefined])[]): readonly Row[] =>
  rows.filter((row): row is Row => row[1] !== undefined && row[1] !== '');

/** Lines of one text, without those that are not there. */
export const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n');

export const companyOf = ({ companyName, address = '', contactPhone = '', contactEmail = '' }: Centre): readonly string[] =>
  [companyName, ...address.split('\n'), contactPhone, contactEmail].filter((each) => each !== '');

export const timeText = (
  { timeNeeded, timeNeededFrom }: Pick<QuoteContent, 'timeNeeded' | 'timeNeededFrom'>,
  words: PaperWords,
): string | undefined =>
  timeNeeded && [timeNeeded, timeNeededFrom && words.from[timeNeededFrom]].filter((part) => part !== undefined).join(', ');

const replacementText = ({ replacementDevice }: QuoteContent, words: PaperWords, language: Language): string | undefined => {
  if (replacementDevice === undefined) return undefined;
  const { offered, cost } = replacementDevice;
  if (!offered) return words.noReplacement;
  return cost === undefined || cost.amount === 0 ? words.freeReplacement : `${words.paidReplacement} ${writeAmount(cost, language)}`;
};

const factsOf = ({ quote, version, centre, customer, language, at }: PaperContent, words: PaperWords): readonly Row[] => {
  const { device, repairId, subjectNumber, problem } = quote;
  const customerText =
    customer && joined([customer.name, customer.surname].filter(Boolean).join(' '), customer.contactPhone, customer.contactEmail);
  return present([
    [words.date, writeTime(at, language, centre.timeZone, DAY)],
    [words.validUntil, version.validUntil && writeDay(version.validUntil, language)],
    [words.customer, customerText],
    [repairId === undefined ? words.about.ticket : words.about.repair, subjectNumber],
    [words.device, device && joined(`${device.brand} ${device.model}`, `${words.serialNumber}: ${device.serialNumber}`)],
    [words.problem, problem],
    [words.finding, version.finding],
  ]);
};

/** A line of the table. */
export const cellsOf = (line: PriceLine, words: PaperWords, language: Language): Cells => {
  const { description, quantity, unitPrice, vatRate, minutes } = line;
  const time = minutes === undefined ? '' : ` (${minutes} ${words.minutes})`;
  const amount = writeAmount({ ...unitPrice, amount: lineNet(line) }, language);
  return [String(quantity), `${description}${time}`, writeAmount(unitPrice, language), writeRate(vatRate, language), amount];
};

/** The sums under the table. */
export const sumsOf = ({ net, vatGroups, total }: Totals, words: PaperWords, language: Language): readonly Row[] => [
  [words.net, writeAmount(net, language)],
  ...vatGroups.map((group): Row => [
    `${words.vatOn} ${writeRate(group.vatRate, language)} ${words.on} ${writeAmount(group.net, language)}`,
    writeAmount(group.vat, language),
  ]),
  [words.total, writeAmount(total, language)],
];

const conditionsOf = ({ version, language }: PaperContent, words: PaperWords): readonly Row[] => {
  const { maximum, calculationMethod, handoverPlace, partsCondition, depositRequired, refusalFee, note } = version;
  const amount = (money: QuoteContent['maximum']): string | undefined => money && writeAmount(money, language);
  return present([
    [words.maximum, amount(maximum)],
    [words.calculationMethod, calculationMethod],
    [words.timeNeeded, timeText(version, words)],
    [words.replacementDevice, replacementText(version, words, language)],
    [words.handoverPlace, handoverPlace],
    [words.partsCondition, partsCondition && words.conditions[partsCondition]],
    [words.deposit, amount(depositRequired)],
    [words.refusalFee, amount(refusalFee)],
    [words.note, note],
  ]);
};

/** What stands on the quote. */
export const describeQuote = (content: PaperContent): QuotePaper => {
  const { quote, version, centre, language, at } = content;
  const words = paperWords(language);
  const title = `${words.quote} ${quote.number}`;
  return {
    company: companyOf(centre),
    title,
    foot: `${quote.number} · ${words.version} ${version.quoteVersion}`,
    words: { page: words.page, of: words.of },
    createdAt: at,
    ...(version.status === 'DRAFT' ? { draft: words.draft } : {}),
    facts: factsOf(content, words),
    heads: [words.quantity, words.description, words.unitPrice, words.vatRate, words.amount],
    lines: version.lines.map((line) => cellsOf(line, words, language)),
    noLines: words.noLines,
    sums: sumsOf(version, words, language),
    conditions: conditionsOf(content, words),
    terms: words.terms,
    acceptance: words.acceptance,
  };
};
