import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { forbidden, invalidInput } from '@riparo/shared/errors/common-errors';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion, type IfMatch } from '@riparo/shared/persistence/if-match';
import type { AttachedFile } from '../../conversation/attachment/attachment.js';
import type { WorkReportDeps } from '../dependencies.js';
import { refuseUnknownTechnicians } from '../start/technicians.js';
import { findVisible, refuseForeign } from '../work-report.access.js';
import { workReportNotFound, workReportOpen } from '../work-report.errors.js';
import type { ReportPhoto, WorkReport } from '../work-report.js';
import { MAX_PHOTOS, type PartInput, type ReportEdit } from '../work-report.schema.js';
import { viewWorkReport } from '../work-report.view.js';
import { editReport, refuseNotOpen, type Edit } from './decide-edit.js';
import { partFaults, reportedParts } from './part-uses.js';

type EditCall = Call<ReportEdit, unknown, { id: string }>;

const lookUpParts = async (deps: WorkReportDeps, tenantId: string, report: WorkReport, uses: readonly PartInput[] | undefined) => {
  if (uses === undefined || uses.length === 0) return uses === undefined ? undefined : [];
  const reserved = await deps.reservedFor(tenantId, report);
  const faults = partFaults(uses, reserved);
  if (faults.length > 0) throw invalidInput(faults);
  return reportedParts(uses, reserved);
};

/** Photos that the report has keep their place; the others are files of the caller that this change attaches. */
const photosAfter = (
  before: readonly ReportPhoto[],
  ids: readonly string[],
  added: readonly AttachedFile[],
  entryId: string,
): readonly ReportPhoto[] => {
  const known = new Map<string, ReportPhoto>([...before, ...added.map((file) => ({ ...file, entryId }))].map((photo) => [photo.id, photo]));
  const photos = ids.map((id) => known.get(id));
  const faults = photos.flatMap((photo, index) =>
    photo?.width === undefined ? [{ path: `photos.${index}`, message: 'is no picture' }] : [],
  );
  if (faults.length > 0) throw invalidInput(faults);
  return photos as readonly ReportPhoto[];
};

const save = async (deps: WorkReportDeps, caller: Caller, ifMatch: IfMatch | undefined, id: string, edit: Edit): Promise<WorkReport> => {
  const inTenant = deps.workReports.in(caller.tenantId);
  try {
    const after = await inTenant.update(id, (before) => {
      refuseForeign(caller, before);
      refuseStaleVersion(ifMatch, before.version);
      return editReport(before, edit);
    });
    if (after === undefined) throw workReportNotFound();
    return after;
  } catch (error) {
    // The desk named a technician who writes another report of the same work.
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw workReportOpen(undefined);
  }
};

/** `PATCH /work-reports/:id`. */
export const editWorkReport =
  (deps: WorkReportDeps) =>
  async ({ caller, params: { id }, body, ids, ifMatch, now }: EditCall): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const found = await findVisible(deps, caller, id);
    refuseForeign(caller, found);
    refuseNotOpen(found);
    const { technicianIds, photos: wanted, parts: uses, ...plain } = body;
    if (technicianIds !== undefined) {
      if (!isDesk(caller.role)) throw forbidden('Only the desk says who worked.');
      await refuseUnknownTechnicians(deps, tenantId, technicianIds);
    }
    const edit: Edit = { ...plain, technicianIds, parts: await lookUpParts(deps, tenantId, found, uses) };
    const entryId = ids.next();
    const own = new Set(found.content.photos.map((photo) => photo.id));
    const added = (wanted ?? []).filter((each) => !own.has(each)).slice(0, MAX_PHOTOS);
    const subject = { type: 'WORK_REPORT' as const, id, activityId: entryId, isInternal: false };
    const report = await deps.attachFiles({ tenantId, userId, ids: added, subject, now, field: 'photos' }, (files) => {
      const photos = wanted && photosAfter(found.content.photos, wanted, files, entryId);
      return save(deps, caller, ifMatch, id, { ...edit, photos });
    });
    return ok(await viewWorkReport(deps, caller, report));
  };
