import type { AttachmentSubject } from '../conversation/attachment/attachment-subject.js';
import type { WorkDeps } from '../appointment/work.js';
import { isStaffCaller } from '../kernel/held.js';
import { maySee } from './work-report.access.js';
import type { WorkReports } from './work-report.repository.js';

/** Customers see the photos of versions that were closed. */
export const workReportAttachments = (workReports: WorkReports, work: WorkDeps): AttachmentSubject => ({
  mayRead: async (caller, { id, activityId }) => {
    const report = await workReports.in(caller.tenantId).find(id);
    if (report === undefined || !(await maySee(work, caller, report))) return false;
    return isStaffCaller(caller) || report.versions.some(({ photos }) => photos.some(({ entryId }) => entryId === activityId));
  },
  hasEntry: async (tenantId, { id, activityId }) => {
    const report = await workReports.in(tenantId).find(id);
    if (report === undefined) return false;
    return [report.content, ...report.versions].some(({ photos }) => photos.some(({ entryId }) => entryId === activityId));
  },
});
