import { totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import { WorkReportClosed } from '@riparo/shared/contracts/work-reports.events';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Language } from '@riparo/shared/time/write-time';
import type { ReservedPart } from '../../repair/parts/find-reserved.js';
import { refuseNotOpen } from '../draft/decide-edit.js';
import { partFaults } from '../draft/part-uses.js';
import { published } from '../published-report.js';
import { MAX_MINUTES } from '../work-report.schema.js';
import {
  withDerived,
  type ClosedVersion,
  type KeptDocument,
  type ReportContent,
  type WorkReport,
  type WorkReportDecision,
} from '../work-report.js';

type Subject = WorkReport['subject'];
/** What has to be there before a report can be closed. */
export type Complete = ReportContent & Pick<ClosedVersion, 'solution' | 'endedAt' | 'labourMinutes'>;

const fault = (isWrong: boolean, path: string, message: string): readonly FieldFault[] => (isWrong ? [{ path, message }] : []);

const timeFaults = ({ startedAt, endedAt }: ReportContent, now: Date): readonly FieldFault[] => {
  if (endedAt === undefined) return fault(true, 'endedAt', 'is required');
  return [
    ...fault(startedAt > endedAt, 'startedAt', 'must not be after the end'),
    ...fault(endedAt > now, 'endedAt', 'must not be in the future'),
  ];
};

const minutesOf = ({
  startedAt,
  endedAt = startedAt,
  technicianIds,
}: Pick<ReportContent, 'startedAt' | 'endedAt' | 'technicianIds'>): number =>
  Math.round((endedAt.getTime() - startedAt.getTime()) / MINUTE_MS) * technicianIds.length;

/** Times from which more minutes follow than anybody could say: a mistyped year would be charged. */
const labourFaults = (content: ReportContent): readonly FieldFault[] =>
  fault(
    content.labourMinutes === undefined && minutesOf(content) > MAX_MINUTES,
    'labourMinutes',
    `is required: from start to end are more than ${MAX_MINUTES} minutes`,
  );

const odometerFaults = ({ odometer }: ReportContent): readonly FieldFault[] => {
  if (odometer === undefined) return [];
  const { start, end } = odometer;
  return [
    ...fault(end === undefined, 'odometer.end', 'is required'),
    ...fault(end !== undefined && end < start, 'odometer.end', 'must not be less than the start'),
  ];
};

/** For a ticket, the report says what became of every piece. For a repair its outcome does, which may have used them up by now. */
const accountFaults = (
  { parts }: ReportContent,
  { kind }: Subject,
  reserved: readonly ReservedPart[],
  currency: string,
): readonly FieldFault[] => {
  if (kind === 'REPAIR') return [];
  const named = new Set(parts.map(({ reservationId }) => reservationId));
  const missing = reserved.filter(({ id, state }) => state === 'RESERVED' && !named.has(id));
  const foreign = reserved.filter(({ id, unitPrice }) => named.has(id) && unitPrice.currency !== currency);
  return [
    ...partFaults(parts, reserved),
    ...missing.map(({ id, name }) => ({ path: 'parts', message: `must say what became of ${name} (reservation ${id})` })),
    ...foreign.map(({ name }) => ({ path: 'parts', message: `${name} must be priced in ${currency}` })),
  ];
};

/** Every fault at once. */
export const closingFaults = (
  { content, subject, currency }: Pick<WorkReport, 'content' | 'subject' | 'currency'>,
  reserved: readonly ReservedPart[],
  now: Date,
): readonly FieldFault[] => [
  ...fault(content.malfunctions.length === 0, 'malfunctions', 'must name at least one malfunction'),
  ...fault(content.solution === undefined, 'solution', 'is required'),
  ...timeFaults(content, now),
  ...labourFaults(content),
  ...odometerFaults(content),
  ...accountFaults(content, subject, reserved, currency),
];

/** With the minutes that follow from the times, for each technician, where nobody said others. */
export const completed = ({ solution = '', endedAt, labourMinutes, ...content }: ReportContent): Complete => {
  const ended = { ...content, endedAt: endedAt ?? content.startedAt };
  return { ...ended, solution, labourMinutes: labourMinutes ?? minutesOf(ended) };
};

export interface Closing {
  readonly content: Complete;
  readonly lines: readonly PriceLine[];
  readonly coveredByPlanId?: string | undefined;
  readonly language: Language;
  readonly at: Date;
  readonly byUserId: string;
}

/** The version as it will be, for the printer. */
export type Unprinted = Omit<ClosedVersion, 'document'>;

export const plannedVersion = (report: WorkReport, closing: Closing): Unprinted => {
  refuseNotOpen(report);
  const { content, lines, coveredByPlanId, language, at, byUserId } = closing;
  const sums = lines.length === 0 ? {} : totalsOf(lines, report.currency);
  const { net, vat, total } = { net: undefined, vat: undefined, total: undefined, ...sums };
  return compact({
    ...content,
    reportVersion: report.versions.length + 1,
    lines,
    net,
    vat,
    total,
    coveredByPlanId,
    language,
    closedAt: at,
    closedByUserId: byUserId,
  });
};

/** Closes the report with the document that was printed. */
export const closeReport = (before: WorkReport, version: Unprinted, document: KeptDocument): WorkReportDecision => {
  refuseNotOpen(before);
  const state = withDerived({ ...before, status: 'CLOSED' as const, versions: [...before.versions, { ...version, document }] });
  const data = { workReport: published(state), at: version.closedAt.toISOString(), actorUserId: version.closedByUserId };
  return { state, events: [WorkReportClosed.with(data)] };
};
