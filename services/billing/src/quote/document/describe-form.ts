import { totalsOf } from '@riparo/shared/contracts/price-lines';
import { writeDay, type Language } from '@riparo/shared/time/write-time';
import type { Centre } from '../../centre.js';
import type { Quote, QuoteVersion } from '../quote.js';
import { present, timeText, type PaperContent } from './describe-quote.js';
import type { Row } from '@riparo/shared/pdf/paper';
import type { FormPaper } from './print-form.js';
import { formWords, paperWords, type FormWords } from './words.js';
import { writeAmount } from './write-amount.js';

const repairerRows = ({ companyName, address, contactPhone, contactEmail }: Centre, words: FormWords): readonly Row[] =>
  present([
    [words.name, companyName],
    [words.address, address],
    [words.phone, contactPhone],
    [words.email, contactEmail],
  ]);

const goodText = ({ device, subjectNumber }: Quote, serialNumber: string): string =>
  device === undefined ? subjectNumber : `${device.brand} ${device.model}\n${serialNumber}: ${device.serialNumber}`;

const priceRow = ({ maximum, calculationMethod = '', total }: QuoteVersion, words: FormWords, language: Language): Row =>
  maximum === undefined
    ? [words.price, `${writeAmount(total, language)}, ${words.vatIncluded}`]
    : [words.priceOrMethod, `${calculationMethod}\n${words.upTo} ${writeAmount(maximum, language)}, ${words.vatIncluded}`];

const replacementText = ({ replacementDevice }: QuoteVersion, words: FormWords, language: Language): string | undefined => {
  if (replacementDevice === undefined) return undefined;
  const { offered, cost } = replacementDevice;
  if (!offered) return words.no;
  return `${words.yes}, ${cost === undefined || cost.amount === 0 ? words.free : writeAmount(cost, language)}`;
};

/** Each ancillary service with what it costs the customer, VAT included. */
const ancillaryText = ({ lines, total: { currency } }: QuoteVersion, words: FormWords, language: Language): string => {
  const services = lines.filter(({ ancillary }) => ancillary === true);
  if (services.length === 0) return words.none;
  return services
    .map((line) => `${line.description}: ${writeAmount(totalsOf([line], currency).total, language)}, ${words.vatIncluded}`)
    .join('\n');
};

/** What is proposed: the lines of work and parts. */
const repairText = ({ lines }: QuoteVersion): string =>
  lines
    .filter(({ kind }) => kind === 'LABOUR' || kind === 'PART')
    .map(({ description, quantity }) => (quantity === 1 ? description : `${quantity} × ${description}`))
    .join('\n');

const serviceRows = ({ quote, version, language }: PaperContent, words: FormWords): readonly Row[] => {
  const paper = paperWords(language);
  const { validUntil, partsCondition, note } = version;
  const additional = [partsCondition && `${paper.partsCondition}: ${paper.conditions[partsCondition]}`, note].filter(
    (each) => each !== undefined,
  );
  return present([
    [words.good, goodText(quote, paper.serialNumber)],
    [words.defect, version.finding],
    [words.repair, repairText(version)],
    priceRow(version, words, language),
    [words.time, timeText(version, paper)],
    [words.replacement, replacementText(version, words, language)],
    [words.place, version.handoverPlace],
    [words.ancillary, ancillaryText(version, words, language)],
    [words.validity, validUntil && `${words.until} ${writeDay(validUntil, language)}. ${words.unchanged}`],
    [words.additional, additional.join('\n')],
  ]);
};

/** What stands on the European form. */
export const describeForm = (content: PaperContent): FormPaper => {
  const { quote, version, centre, language, at } = content;
  const [words, paper] = [formWords(language), paperWords(language)];
  return {
    company: [],
    title: words.title,
    belongsTo: `${words.quote} ${quote.number}, ${paper.version.toLowerCase()} ${version.quoteVersion}`,
    foot: `${quote.number} · ${paper.version} ${version.quoteVersion}`,
    words: { page: paper.page, of: paper.of },
    createdAt: at,
    ...(version.status === 'DRAFT' ? { draft: paper.draft } : {}),
    sections: [
      { heading: words.repairer, rows: repairerRows(centre, words) },
      { heading: words.service, rows: serviceRows(content, words) },
    ],
  };
};
