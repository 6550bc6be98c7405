import type { Money } from '@riparo/shared/contracts/money';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type {
  Malfunction,
  ReportApprovalMethod,
  ReportedPart,
  ReportTravel,
  WorkReportStatus,
} from '@riparo/shared/contracts/work-reports.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Language } from '@riparo/shared/time/write-time';
import type { Subject } from '../appointment/appointment.js';
import type { AttachedFile } from '../conversation/attachment/attachment.js';

/** The journey. Once a person has corrected it, `suggested` is what the provider of journeys had said. */
export interface WrittenTravel extends ReportTravel {
  readonly suggested?: ReportTravel;
}

/** A photo of the work; `entryId` names the change that brought it. */
export type ReportPhoto = AttachedFile & { readonly entryId: string };

/** What the technician writes. */
export interface ReportContent {
  readonly technicianIds: readonly string[];
  readonly malfunctions: readonly Malfunction[];
  readonly solution?: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** Of all technicians together. */
  readonly labourMinutes?: number;
  readonly travel?: WrittenTravel;
  readonly odometer?: { readonly start: number; readonly end?: number };
  readonly parts: readonly ReportedPart[];
  readonly photos: readonly ReportPhoto[];
  readonly customerRemarks?: string;
}

/** The bytes that the customer approves: where they lie, and their SHA-256 in hexadecimal digits. */
export interface KeptDocument {
  readonly fileId: string;
  readonly sha256: string;
}

/** What was drawn: a path as in SVG, or a file of a picture. */
export type DrawnSignature = { readonly svgPath: string } | { readonly fileId: string };

export interface Approval {
  readonly method: ReportApprovalMethod;
  /** Who approved, as their account or they themselves say. */
  readonly name: string;
  readonly at: Date;
  readonly documentHash: string;
  /** The person of the customer, where one approved with a password. */
  readonly userId?: string;
  /** Of the step-up approval, see `shared/src/http/approvals.ts`. */
  readonly approvalId?: string;
  /** The member of staff on whose device it was given; missing: the customer's own device or a link. */
  readonly takenByUserId?: string;
  readonly signature?: DrawnSignature;
  /** Of the desk: how the customer approved. */
  readonly note?: string;
  readonly ip: string;
  /** The document with the page of this approval, once somebody has asked for it. */
  readonly printed?: KeptDocument;
}

export interface Dispute {
  readonly reason: string;
  readonly at: Date;
  /** Missing: whoever had the link. */
  readonly byUserId?: string;
  /** Of whoever had the link. */
  readonly name?: string;
}

/** A version as it was closed. It never changes but for what the customer says to it. */
export interface ClosedVersion extends ReportContent {
  /** From 1. */
  readonly reportVersion: number;
  readonly solution: string;
  readonly endedAt: Date;
  readonly labourMinutes: number;
  /** What the visit costs; only reports of tickets have lines. */
  readonly lines: readonly PriceLine[];
  readonly net?: Money;
  readonly vat?: Money;
  readonly total?: Money;
  /** The service plan that bears all or a part of the work. */
  readonly coveredByPlanId?: string;
  readonly language: Language;
  readonly document: KeptDocument;
  readonly closedAt: Date;
  readonly closedByUserId: string;
  readonly approval?: Approval;
  readonly dispute?: Dispute;
}

/** One report with all its versions. */
export interface WorkReport extends Entity {
  /** `WR-2026-000001`. */
  readonly number: string;
  readonly subject: Subject;
  readonly appointmentId?: string;
  /** Somebody went to the customer. */
  readonly onsite: boolean;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly assetId?: string;
  readonly vehicleId?: string;
  readonly currency: string;
  readonly startedByUserId: string;
  readonly status: WorkReportStatus;
  /** What is written now; closing adds to its version what follows from it. */
  readonly content: ReportContent;
  /** The oldest first. */
  readonly versions: readonly ClosedVersion[];
  readonly discarded?: { readonly reason: string; readonly at: Date; readonly byUserId: string };

  // The fields below are derived by `withDerived`. They are stored because lists and indexes read them.
  readonly technicianIds: readonly string[];
  readonly startedAt: Date;
  /** It was closed once, so that the customer sees it. */
  readonly shown: boolean;
  /** A draft that was never closed: the appointment or the work, with each technician, for which no other may be begun. */
  readonly openFor?: readonly string[];
}

export type WorkReportDecision = Decision<WorkReport>;
type Derived = 'technicianIds' | 'startedAt' | 'shown' | 'openFor';
export type WorkReportDraft = Draft<WorkReport>;

/** More disputes than anybody has patience for. */
export const MAX_VERSIONS = 20;

/** The report is being written. */
export const isOpen = (status: WorkReportStatus): boolean => status === 'DRAFT' || status === 'DISPUTED';

/** What no two drafts may have in common. */
export const openKey = (about: string, technicianId: string): string => `${about}/${technicianId}`;

/** Updates the derived fields; the last step of every decision. */
export const withDerived = <T extends Omit<WorkReportDraft, Derived>>(report: T): T & Pick<WorkReport, Derived> => {
  const { status, content, versions, appointmentId, subject } = report;
  const { technicianIds, startedAt } = content;
  const about = appointmentId ?? subject.id;
  return {
    ...report,
    technicianIds,
    startedAt,
    shown: versions.length > 0,
    // The repository unsets a field whose value is `undefined`.
    openFor: status === 'DRAFT' ? technicianIds.map((technicianId) => openKey(about, technicianId)) : undefined,
  };
};

/** The newest version that was closed. */
export const lastClosedOf = ({ versions }: Pick<WorkReport, 'versions'>): ClosedVersion | undefined => versions.at(-1);

/** The report with its newest closed version replaced. */
export const withLastClosed = (report: WorkReport, version: ClosedVersion): WorkReport => ({
  ...report,
  versions: [...report.versions.slice(0, -1), version],
});
