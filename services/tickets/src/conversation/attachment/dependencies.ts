import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { TicketsConfig } from '../../config.js';
import { createAttachFiles } from './attach-files.js';
import type { AttachmentSubjects } from './attachment-subject.js';
import { createAttachmentFiles, createAttachments, type AttachmentFiles, type Attachments } from './attachment.repository.js';
import { createPrepareFile, type PrepareFile } from './prepare-file.js';
import { createQuotas, type QuotaLimits, type Quotas } from './quota.js';
import { tendAttachments } from './tend-attachments.js';

/** Dependencies of the attachment use cases; each use case names the few that it needs. */
export interface AttachmentDeps {
  readonly subjects: AttachmentSubjects;
  readonly attachments: Attachments;
  readonly files: AttachmentFiles;
  readonly prepareFile: PrepareFile;
  readonly quotas: Quotas;
  readonly quota: QuotaLimits;
}

const MIB = 1024 * 1024;

/** Creates the stores of files, and the two functions that keep files in step with timelines. */
export const createAttachmentDependencies = (
  platform: Platform,
  config: Pick<TicketsConfig, 'ATTACHMENT_DAILY_MIB'>,
  subjects: AttachmentSubjects,
) => {
  const { clock, log } = platform;
  const [attachments, files, quotas] = [createAttachments(platform), createAttachmentFiles(platform), createQuotas(platform)];
  const promised = createAcrossTenants(platform, 'attachments', [momentIndex('pendingSince')]);
  const deps: AttachmentDeps = {
    subjects,
    attachments,
    files,
    prepareFile: createPrepareFile(),
    quotas,
    quota: { bytes: config.ATTACHMENT_DAILY_MIB * MIB },
  };
  return {
    ...deps,
    attachFiles: createAttachFiles({ ...deps, log }),
    tendAttachments: tendAttachments({ ...deps, everywhere: promised, clock }),
    attachmentStores: [attachments, files, quotas, promised],
  };
};
