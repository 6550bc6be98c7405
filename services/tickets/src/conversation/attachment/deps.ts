import type { Repairs } from '../../repair/repair.repository.js';
import type { TicketDeps } from '../../ticket/deps.js';
import type { AttachmentFiles, Attachments } from './attachment.repository.js';
import type { PrepareFile } from './prepare-file.js';
import type { QuotaLimits, Quotas } from './quota.js';

/** What the use cases of attachments are made from. */
export interface AttachmentDeps extends Pick<TicketDeps, 'tickets'> {
  readonly repairs: Repairs;
  readonly attachments: Attachments;
  readonly files: AttachmentFiles;
  readonly prepareFile: PrepareFile;
  readonly quotas: Quotas;
  readonly quota: QuotaLimits;
}
