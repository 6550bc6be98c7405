import { hash } from 'node:crypto';
import { renderPicture } from '@riparo/shared/files/picture';
import type { Printer } from '@riparo/shared/pdf/create-printer';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Appointments } from '../../appointment/appointment.repository.js';
import type { AttachmentFiles } from '../../conversation/attachment/attachment.repository.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { Replicas } from '../../replica/replicas.js';
import type { Unprinted } from '../closing/decide-close.js';
import type { KeptDocument, WorkReport } from '../work-report.js';
import type { ReportFiles } from '../work-report.repository.js';
import { describeReport, type ReportFacts } from './describe-report.js';
import type { ApprovalPaper, Photo, PrintedReport, ReportPaper } from './print-report.js';

export interface PrintDeps {
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
  readonly appointments: Appointments;
  readonly files: AttachmentFiles;
  readonly print: Printer;
  readonly reportFiles: ReportFiles;
}

const REPORT = new URL('./print-report.js', import.meta.url);
/** Pixels: 150 to the inch at the size in which a photo is printed. */
const PHOTO_SIDE = 640;

/** A picture as JPEG, as large as it is printed. */
export const forPaper = async (bytes: Buffer, field: string): Promise<Photo> => {
  const { bytes: drawn, width, height } = await renderPicture(bytes, { side: PHOTO_SIDE, format: 'jpeg', field });
  return { bytes: drawn, width, height };
};

/** One by one: a picture takes much memory while it is drawn. */
const readPhotos = async ({ files }: PrintDeps, tenantId: string, ids: readonly string[]): Promise<readonly Photo[]> => {
  const photos: Photo[] = [];
  for (const id of ids) {
    const found = await files.get(tenantId, id, 'full');
    if (found !== undefined) photos.push(await forPaper(found.bytes, 'photos'));
  }
  return photos;
};

/** Prints a paper, with the page of an approval where there is one. */
export const printPaper = async (deps: PrintDeps, tenantId: string, paper: ReportPaper, approval?: ApprovalPaper): Promise<Buffer> => {
  const photos = await readPhotos(deps, tenantId, paper.photos.ids);
  return deps.print<PrintedReport>(REPORT, { paper, photos, ...(approval === undefined ? {} : { approval }) });
};

const gather = async (deps: PrintDeps, tenantId: string, report: WorkReport, version: Unprinted): Promise<ReportFacts> => {
  const { replicas, appointments, rulesOf } = deps;
  const { assetId, appointmentId, customerId } = report;
  const { coveredByPlanId: planId, technicianIds } = version;
  const [settings, customer, asset, people, visit, plan, { timeZone }] = await Promise.all([
    replicas.settings.find(tenantId, tenantId),
    replicas.customers.find(tenantId, customerId),
    assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
    replicas.users.findMany(tenantId, technicianIds),
    appointmentId === undefined ? undefined : appointments.in(tenantId).find(appointmentId),
    planId === undefined ? undefined : replicas.plans.find(tenantId, planId),
    rulesOf(tenantId),
  ]);
  const technicians = technicianIds.flatMap((id) => people.get(id)?.name ?? []);
  return { report, version, settings, customer, asset, technicians, place: visit?.location?.address, planName: plan?.name, timeZone };
};

/** Prints what the customer will approve, and keeps the bytes; the file is loose until a version names it. */
export type KeepDocument = (tenantId: string, report: WorkReport, version: Unprinted) => Promise<KeptDocument>;

export const createKeepDocument =
  ({ ids, ...deps }: PrintDeps & { readonly ids: IdSource }): KeepDocument =>
  async (tenantId, report, version) => {
    const paper = describeReport(await gather(deps, tenantId, report, version));
    const bytes = await printPaper(deps, tenantId, paper);
    const fileId = ids.next();
    await deps.reportFiles.put(
      { tenantId, fileId, ownerId: report.id },
      {
        pdf: { bytes, contentType: 'application/pdf' },
        // What it was printed from: the approved document has the same pages, whatever the settings say by then.
        paper: { bytes: Buffer.from(JSON.stringify(paper)), contentType: 'application/json' },
      },
    );
    return { fileId, sha256: hash('sha256', bytes) };
  };
