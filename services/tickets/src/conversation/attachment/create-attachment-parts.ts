import type { Job } from '@riparo/shared/composition/jobs';
import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { TicketsConfig } from '../../config.js';
import type { Repairs } from '../../repair/repair.repository.js';
import type { Tickets } from '../../ticket/ticket.repository.js';
import { createAttachFiles, type AttachFiles } from './attach-files.js';
import { createAttachmentFiles, createAttachments } from './attachment.repository.js';
import type { AttachmentDeps } from './deps.js';
import { createPrepareFile } from './prepare-file.js';
import { createQuotas } from './quota.js';
import { tendAttachments } from './tend-attachments.js';

/** Everything about attachments that the service is put together from. */
export interface AttachmentParts {
  readonly deps: AttachmentDeps;
  readonly attachFiles: AttachFiles;
  readonly repositories: readonly { ensureIndexes(): Promise<void> }[];
  readonly jobs: readonly Job[];
}

const MIB = 1024 * 1024;

interface Subjects {
  readonly tickets: Tickets;
  readonly repairs: Repairs;
}

export const createAttachmentParts = (platform: Platform, config: TicketsConfig, subjects: Subjects): AttachmentParts => {
  const { clock, log } = platform;
  const [attachments, files, quotas] = [createAttachments(platform), createAttachmentFiles(platform), createQuotas(platform)];
  const promised = createAcrossTenants(platform, 'attachments', [momentIndex('pendingSince')]);
  const tend = tendAttachments({ ...subjects, attachments, files, everywhere: promised, clock });
  return {
    deps: {
      ...subjects,
      attachments,
      files,
      prepareFile: createPrepareFile(),
      quotas,
      quota: { bytes: config.ATTACHMENT_DAILY_MIB * MIB },
    },
    attachFiles: createAttachFiles({ ...subjects, attachments, files, log }),
    repositories: [attachments, files, quotas, promised],
    jobs: [{ name: 'tend-attachments', cron: '15 */10 * * * *', run: tend }],
  };
};
