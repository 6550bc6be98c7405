import type { JourneyTo } from '../appointment/travel/journey.js';
import type { Platform } from '@riparo/shared/composition/platform';
import { createPreparePicture, type PreparePicture } from '@riparo/shared/files/prepare-picture';
import type { Approvals } from '@riparo/shared/http/approvals';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { Printer } from '@riparo/shared/pdf/create-printer';
import type { Appointments } from '../appointment/appointment.repository.js';
import type { Work } from '../appointment/work.js';
import type { AttachFiles } from '../conversation/attachment/attach-files.js';
import type { AttachmentFiles } from '../conversation/attachment/attachment.repository.js';
import type { TermsOf } from '../kernel/centre-terms.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { FindReserved } from '../repair/parts/find-reserved.js';
import type { CurrencyOf } from '../repair/payment/money.js';
import type { Repairs } from '../repair/repair.repository.js';
import type { Replicas } from '../replica/replicas.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { createReservedFor, type ReservedFor } from './draft/reserved-for.js';
import { createKeepDocument, type KeepDocument } from './document/keep-document.js';
import { createSweepReportFiles } from './document/sweep-files.js';
import { createReportFiles, type ReportFiles, type WorkReports } from './work-report.repository.js';

/** Dependencies of the use cases of work reports; each use case names the few that it needs. */
export interface WorkReportDeps {
  readonly workReports: WorkReports;
  readonly reportFiles: ReportFiles;
  readonly appointments: Appointments;
  readonly tickets: Tickets;
  readonly repairs: Repairs;
  readonly technicians: Technicians;
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
  readonly termsOf: TermsOf;
  readonly currencyOf: CurrencyOf;
  readonly attachFiles: AttachFiles;
  readonly reservedFor: ReservedFor;
  readonly journeyTo: JourneyTo;
  readonly keepDocument: KeepDocument;
  readonly print: Printer;
  /** Draws signatures anew, one at a time. */
  readonly preparePicture: PreparePicture;
  /** The bytes of attachments: documents show the photos. */
  readonly files: AttachmentFiles;
  readonly approvals: Approvals;
  readonly links: SignedLinks;
  /** Address of the installation, without a slash at its end. */
  readonly publicUrl: string;
  /** The person of the customer whom mails about the work go to. */
  readonly contactOf: (tenantId: string, work: Pick<Work, 'customerId' | 'contactUserId'>) => Promise<string | undefined>;
}

type Below = Omit<
  WorkReportDeps,
  'reportFiles' | 'reservedFor' | 'keepDocument' | 'contactOf' | 'approvals' | 'links' | 'preparePicture'
> & {
  readonly findReserved: FindReserved;
  /** Client of the assets service. */
  readonly assets: InternalClient;
};

/** Staff open tickets too: a report goes to a person of the customer, else to its contact address. */
const createContactOf =
  ({ users }: Replicas): WorkReportDeps['contactOf'] =>
  async (tenantId, { customerId, contactUserId }) => {
    const user = contactUserId === undefined ? undefined : await users.find(tenantId, contactUserId);
    return user?.customerId === customerId ? user.id : undefined;
  };

/** Creates the store of documents, and what closing needs. */
export const createWorkReportDependencies = (platform: Platform, below: Below) => {
  const { approvals, links, ids, clock } = platform;
  const reportFiles = createReportFiles(platform);
  const deps = {
    ...below,
    approvals,
    links,
    reportFiles,
    preparePicture: createPreparePicture(),
    contactOf: createContactOf(below.replicas),
    reservedFor: createReservedFor(below),
    keepDocument: createKeepDocument({ ...below, reportFiles, ids }),
  };
  return {
    ...deps,
    sweepReportFiles: createSweepReportFiles({ workReports: below.workReports, reportFiles, clock }),
    workReportStores: [reportFiles],
  };
};
