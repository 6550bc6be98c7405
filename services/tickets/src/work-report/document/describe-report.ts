import type { PublishedCustomer, PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import { lineNet, totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import type { ReportedPart } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';
import type { Row } from '@riparo/shared/pdf/paper';
import type { Cells } from '@riparo/shared/pdf/table';
import { writeMoney } from '@riparo/shared/text/write-money';
import { MOMENT, REGIONS, writeTime, type Language } from '@riparo/shared/time/write-time';
import { customerName } from '../../replica/replicas.js';
import type { Unprinted } from '../closing/decide-close.js';
import type { Approval, WorkReport } from '../work-report.js';
import type { ApprovalPaper, ReportPaper } from './print-report.js';
import { reportWords, type ReportWords } from './words.js';

/** Everything that the paper is made from. */
export interface ReportFacts {
  readonly report: WorkReport;
  readonly version: Unprinted;
  readonly settings: PublishedSettings | undefined;
  readonly customer: PublishedCustomer | undefined;
  readonly asset: PublishedAsset | undefined;
  readonly technicians: readonly string[];
  /** The address of the visit. */
  readonly place: string | undefined;
  readonly planName: string | undefined;
  readonly timeZone: string;
}

const present = (rows: readonly (readonly [string, string | undefined])[]): readonly Row[] =>
  rows.filter((row): row is Row => row[1] !== undefined && row[1] !== '');

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join('\n');

/** `1 h 30 min`. */
const writeMinutes = (minutes: number, words: ReportWords): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} ${words.hours}` : '', rest > 0 || hours === 0 ? `${rest} ${words.minutes}` : ''].filter(Boolean).join(' ');
};

const writeNumber = (value: number, language: Language): string => new Intl.NumberFormat(REGIONS[language]).format(value);

const travelText = ({ travel }: Unprinted, words: ReportWords, language: Language): string | undefined =>
  travel && `${writeNumber(travel.distanceKm, language)} km, ${writeMinutes(travel.minutes, words)}`;

const factsOf = (facts: ReportFacts, words: ReportWords): readonly Row[] => {
  const { report, version, customer, asset, technicians, place, timeZone } = facts;
  const { language } = version;
  const moment = (at: Date): string => writeTime(at, language, timeZone, MOMENT);
  return present([
    [words.customer, customer && joined(customerName(customer), customer.contactPhone, customer.contactEmail)],
    [words.about[report.subject.kind], report.subject.number],
    [words.device, asset && joined(`${asset.brand} ${asset.model}`, `${words.serialNumber}: ${asset.serialNumber}`)],
    [words.place, place],
    [words.technicians, technicians.join(', ')],
    [words.start, moment(version.startedAt)],
    [words.end, moment(version.endedAt)],
    [words.labour, writeMinutes(version.labourMinutes, words)],
    [words.travel, travelText(version, words, language)],
  ]);
};

const cellsOf = (line: PriceLine, words: ReportWords, language: Language): Cells => {
  const { description, quantity, unitPrice, vatRate, minutes } = line;
  const money = (amount: number): string => writeMoney({ ...unitPrice, amount }, REGIONS[language]);
  const rate = new Intl.NumberFormat(REGIONS[language], { style: 'percent', maximumFractionDigits: 2 }).format(vatRate / 100);
  const time = minutes === undefined ? '' : ` (${writeMinutes(minutes, words)})`;
  return [String(quantity), `${description}${time}`, money(unitPrice.amount), rate, money(lineNet(line))];
};

const sumsOf = ({ lines, language }: Unprinted, currency: string, words: ReportWords): readonly Row[] => {
  if (lines.length === 0) return [];
  const { net, vat, total } = totalsOf(lines, currency);
  const write = (sum: typeof net): string => writeMoney(sum, REGIONS[language]);
  return [
    [words.net, write(net)],
    [words.vat, write(vat)],
    [words.total, write(total)],
  ];
};

const partCells = ({ name, used, unused, charge }: ReportedPart, words: ReportWords): readonly string[] => [
  charge === 'WARRANTY' ? `${name} (${words.freeOfCharge})` : name,
  String(used),
  unused === undefined ? '' : words.unused[unused],
];

const companyOf = (settings: PublishedSettings | undefined): readonly string[] => {
  const { companyName = '', address = '', contactPhone = '', contactEmail = '' } = settings ?? {};
  return [companyName, ...address.split('\n'), contactPhone, contactEmail].filter((each) => each !== '');
};

/** Of a ticket; a repair has its own documents about its price. */
const priceOf = ({ report, version, planName }: ReportFacts, words: ReportWords): ReportPaper['price'] =>
  report.subject.kind === 'REPAIR'
    ? undefined
    : {
        title: words.price,
        table: { heads: words.heads, lines: version.lines.map((line) => cellsOf(line, words, version.language)), noLines: words.noLines },
        sums: sumsOf(version, report.currency, words),
        notes: present([[words.covered, planName]]),
      };

/** What stands on the paper; its photos are ids until they are read. */
export const describeReport = (facts: ReportFacts): ReportPaper => {
  const { report, version, settings } = facts;
  const words = reportWords(version.language);
  return compact({
    company: companyOf(settings),
    title: `${words.title} ${report.number}`,
    foot: `${report.number} · ${words.version} ${version.reportVersion}`,
    words: { page: words.page, of: words.of },
    createdAt: version.closedAt,
    facts: factsOf(facts, words),
    found: {
      title: words.found,
      heads: [words.malfunctions.component, words.malfunctions.symptom, words.malfunctions.cause],
      rows: version.malfunctions.map(({ component = '', symptom, cause = '' }) => [component, symptom, cause]),
    },
    done: { title: words.done, text: version.solution },
    parts: version.parts.length === 0 ? undefined : { ...words.parts, rows: version.parts.map((part) => partCells(part, words)) },
    remarks: version.customerRemarks === undefined ? undefined : { title: words.remarks, text: version.customerRemarks },
    price: priceOf(facts, words),
    later: report.subject.kind === 'REPAIR' ? words.later : undefined,
    photos: { title: words.photos, ids: version.photos.map(({ id }) => id) },
    acceptance: words.acceptance,
  });
};

/** The page of the approval. */
export const describeApproval = (
  { name, at, method, note, documentHash, signature }: Approval,
  language: Language,
  timeZone: string,
): Omit<ApprovalPaper, 'picture'> => {
  const { approval: words } = reportWords(language);
  return compact({
    title: words.title,
    rows: present([
      [words.name, name],
      [words.at, writeTime(at, language, timeZone, MOMENT)],
      [words.method, words.methods[method]],
      [words.note, note],
      [words.hash, documentHash],
    ]),
    signatureTitle: words.signature,
    svgPath: signature !== undefined && 'svgPath' in signature ? signature.svgPath : undefined,
    meaning: words.meaning,
  });
};
