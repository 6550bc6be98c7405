import type { PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import { REGIONS, type Language } from '@riparo/shared/time/write-time';
import { DateTime } from 'luxon';
import { languageOf } from '../../repair/public-status/labels.js';
import type { WorkReportDeps } from '../dependencies.js';
import { reportWords } from '../document/words.js';
import { refuseNotOpen } from '../draft/decide-edit.js';
import { reportedParts } from '../draft/part-uses.js';
import { findVisible, refuseForeign } from '../work-report.access.js';
import { workReportNotFound } from '../work-report.errors.js';
import type { ReportContent, WorkReport } from '../work-report.js';
import { viewWorkReport } from '../work-report.view.js';
import { closeReport, closingFaults, completed, plannedVersion, type Closing } from './decide-close.js';
import { borneBy, coverOf, isActiveOn, priceWork } from './price-work.js';

type CloseCall = Call<unknown, unknown, { id: string }>;

/** With the vehicle of the appointment, which may be another since the report was begun, and its end, where nobody said another. */
const withVisit = async ({ appointments }: WorkReportDeps, tenantId: string, report: WorkReport): Promise<WorkReport> => {
  const { content, appointmentId } = report;
  const visit = appointmentId === undefined ? undefined : await appointments.in(tenantId).find(appointmentId);
  if (visit === undefined) return report;
  const end = visit.status === 'COMPLETED' ? visit.actualEndAt : undefined;
  return { ...report, vehicleId: visit.vehicleId, content: { ...content, endedAt: content.endedAt ?? end } };
};

/** The plan of the device, where it covers the day on which the work began. */
const planOn = async (
  deps: WorkReportDeps,
  tenantId: string,
  report: WorkReport,
  start: Date,
): Promise<PublishedServicePlan | undefined> => {
  const { assets, plans } = deps.replicas;
  const asset = report.assetId === undefined ? undefined : await assets.find(tenantId, report.assetId);
  const plan = asset?.servicePlanId === undefined ? undefined : await plans.find(tenantId, asset.servicePlanId);
  const { timeZone } = await deps.rulesOf(tenantId);
  return plan !== undefined && isActiveOn(plan, DateTime.fromJSDate(start, { zone: timeZone }).toFormat('yyyy-MM-dd')) ? plan : undefined;
};

/** In the language of the person who gets it, else in the centre's. */
const languageFor = async ({ replicas }: WorkReportDeps, tenantId: string, { contactUserId }: WorkReport): Promise<Language> => {
  const user = contactUserId === undefined ? undefined : await replicas.users.find(tenantId, contactUserId);
  const settings = await replicas.settings.find(tenantId, tenantId);
  return languageOf(user?.locale === undefined ? settings : { locale: user.locale });
};

const writeNumber = (value: number, language: Language): string => new Intl.NumberFormat(REGIONS[language]).format(value);

/** Reads what decides about faults and prices; throws 422 with every fault. */
const plan = async (deps: WorkReportDeps, { caller, now }: CloseCall, report: WorkReport): Promise<Closing> => {
  const { tenantId, userId } = caller;
  const isRepair = report.subject.kind === 'REPAIR';
  const reserved = isRepair ? [] : await deps.reservedFor(tenantId, report);
  const faults = closingFaults(report, reserved, now);
  if (faults.length > 0) throw invalidInput(faults);
  const parts = isRepair ? report.content.parts : reportedParts(report.content.parts, reserved);
  const content = completed({ ...report.content, parts } satisfies ReportContent);
  const [terms, language] = [await deps.termsOf(tenantId), await languageFor(deps, tenantId, report)];
  const common = { content, language, at: now, byUserId: userId };
  if (isRepair) return { ...common, lines: [] };
  const covering = await planOn(deps, tenantId, report, content.startedAt);
  const work = { ...content, onsite: report.onsite, distanceKm: content.travel?.distanceKm ?? 0 };
  const rates = { terms: terms.workTerms, plan: covering, reserved, vatRate: terms.vatRate, currency: report.currency };
  const { charges } = reportWords(language);
  const words = { ...charges, travel: `${charges.travel}, ${writeNumber(work.distanceKm, language)} km` };
  const lines = priceWork(work, { ...rates, words });
  const cover = coverOf(covering, report.onsite);
  const charged = { ...content, parts: borneBy(cover, content.parts) };
  return { ...common, content: charged, lines, coveredByPlanId: cover.labour ? covering?.id : undefined };
};

/**
 * `POST /work-reports/:id/close`. The bytes are kept before the version names them. When somebody else writes in between,
 * everything is decided anew: of two who close it, the second is told that it is closed.
 */
export const closeWorkReport =
  (deps: WorkReportDeps) =>
  async (call: CloseCall): Promise<Reply> => {
    const { caller, params, ifMatch } = call;
    const { tenantId } = caller;
    refuseForeign(caller, await findVisible(deps, caller, params.id));
    const closed = await deps.workReports.in(tenantId).updateAfter(params.id, async (before, save) => {
      refuseForeign(caller, before);
      refuseStaleVersion(ifMatch, before.version);
      refuseNotOpen(before);
      const report = await withVisit(deps, tenantId, before);
      const version = plannedVersion(report, await plan(deps, call, report));
      const document = await deps.keepDocument(tenantId, report, version);
      const after = await save((state) => closeReport({ ...state, vehicleId: report.vehicleId }, version, document));
      await deps.reportFiles.confirm(tenantId, document.fileId);
      return after;
    });
    if (closed === undefined) throw workReportNotFound();
    return ok(await viewWorkReport(deps, caller, closed));
  };
