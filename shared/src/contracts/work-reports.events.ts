import Joi from 'joi';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { RESERVATION_CHARGES, type ReservationCharge } from './parts.events.js';
import { eventLine, eventMoney, type PriceLine } from './price-lines.js';
import { UNUSED_PARTS, type UnusedPart } from './repair-outcome.js';

/**
 * DRAFT: the technician writes it. CLOSED: it is finished, and its document waits for the customer. APPROVED: the
 * customer approved the document. DISPUTED: the customer sent it back; the technician writes the next version.
 * DISCARDED: it was started by mistake.
 */
export const WORK_REPORT_STATUSES = ['DRAFT', 'CLOSED', 'APPROVED', 'DISPUTED', 'DISCARDED'] as const;
export type WorkReportStatus = (typeof WORK_REPORT_STATUSES)[number];

/** CREDENTIALS: with the password of a person of the customer. SIGNATURE: drawn. COUNTER: the desk took it down. */
export const REPORT_APPROVAL_METHODS = ['CREDENTIALS', 'SIGNATURE', 'COUNTER'] as const;
export type ReportApprovalMethod = (typeof REPORT_APPROVAL_METHODS)[number];

/** Where kilometres and minutes of a journey come from. MANUAL: a person typed them. */
export const TRAVEL_SOURCES = ['GOOGLE', 'OSRM', 'ESTIMATE', 'MANUAL'] as const;
export type TravelSource = (typeof TRAVEL_SOURCES)[number];

export interface Malfunction {
  readonly component?: string;
  readonly symptom: string;
  readonly cause?: string;
}

/** The journey to the customer and back, as far as it belongs to this visit. */
export interface ReportTravel {
  /** With one decimal. */
  readonly distanceKm: number;
  readonly minutes: number;
  readonly source: TravelSource;
}

/** What became of the pieces of a reservation. */
export interface ReportedPart {
  readonly reservationId: string;
  readonly partId: string;
  readonly name: string;
  readonly used: number;
  readonly unused?: UnusedPart;
  readonly charge: ReservationCharge;
}

/** A work report as the other services know it: its latest version, without anything internal. */
export interface PublishedWorkReport {
  readonly id: string;
  /** `WR-2026-000001`. */
  readonly number: string;
  /** Which version of the report, from 1; a dispute makes the next. It is not the version of the aggregate. */
  readonly reportVersion: number;
  /** What it is about: a ticket or a repair. */
  readonly ticketId?: string;
  readonly repairId?: string;
  /** Number of the ticket or of the repair. */
  readonly subjectNumber: string;
  readonly appointmentId?: string;
  readonly customerId: string;
  /** The person of the customer whom mails go to. Missing: mails go to the customer's contact address. */
  readonly contactUserId?: string;
  readonly assetId?: string;
  /** Who worked; the first one wrote the report. */
  readonly technicianIds: readonly string[];
  readonly vehicleId?: string;
  readonly status: WorkReportStatus;
  /** In which parts and lines are. */
  readonly currency: string;
  readonly malfunctions: readonly Malfunction[];
  readonly solution?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Of all technicians together. */
  readonly labourMinutes?: number;
  readonly travel?: ReportTravel;
  /** Kilometres on the vehicle's odometer. */
  readonly odometer?: { readonly start: number; readonly end: number };
  readonly parts: readonly ReportedPart[];
  /** What the visit costs; empty where nothing is charged by the report. Only reports of tickets have lines. */
  readonly lines: readonly PriceLine[];
  readonly total?: Money;
  /** The service plan that bears all or a part of the work. */
  readonly coveredByPlanId?: string;
  /** SHA-256 in hex of the PDF of this version. */
  readonly documentHash?: string;
  readonly closedAt?: string;
  readonly approval?: { readonly method: ReportApprovalMethod; readonly name: string; readonly at: string };
  readonly dispute?: { readonly reason: string; readonly at: string };
}

const count = Joi.number().integer().min(0);

const reportedPart = Joi.object<ReportedPart>({
  reservationId: id.required(),
  partId: id.required(),
  name: text.required(),
  used: count.required(),
  unused: Joi.valid(...UNUSED_PARTS),
  charge: Joi.valid(...RESERVATION_CHARGES).required(),
}).unknown(true);

const workReport = Joi.object<PublishedWorkReport>({
  id: id.required(),
  number: text.required(),
  reportVersion: count.required(),
  ticketId: id,
  repairId: id,
  subjectNumber: text.required(),
  appointmentId: id,
  customerId: id.required(),
  contactUserId: id,
  assetId: id,
  technicianIds: Joi.array().items(id).required(),
  vehicleId: id,
  status: Joi.valid(...WORK_REPORT_STATUSES).required(),
  currency: text.required(),
  malfunctions: Joi.array()
    .items(Joi.object<Malfunction>({ component: text, symptom: text.required(), cause: text }).unknown(true))
    .required(),
  solution: text,
  startedAt: instant.required(),
  endedAt: instant,
  labourMinutes: count,
  travel: Joi.object<ReportTravel>({
    distanceKm: Joi.number().required(),
    minutes: count.required(),
    source: Joi.valid(...TRAVEL_SOURCES).required(),
  }).unknown(true),
  odometer: Joi.object({ start: count.required(), end: count.required() }).unknown(true),
  parts: Joi.array().items(reportedPart).required(),
  lines: Joi.array().items(eventLine).required(),
  total: eventMoney,
  coveredByPlanId: id,
  documentHash: text,
  closedAt: instant,
  approval: Joi.object({ method: Joi.valid(...REPORT_APPROVAL_METHODS).required(), name: text.required(), at: instant.required() }).unknown(
    true,
  ),
  dispute: Joi.object({ reason: text.required(), at: instant.required() }).unknown(true),
})
  .xor('ticketId', 'repairId')
  .unknown(true);

/** Every event of a work report carries the report after the change, its time, and who made it (`undefined`: whoever had the link). */
export interface WorkReportEventV1 {
  readonly workReport: PublishedWorkReport;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
}
const plain = Joi.object<WorkReportEventV1>({ workReport: workReport.required(), at: instant.required(), actorUserId: id });

const workReportEvent = (name: string, description: string) =>
  defineEvent<WorkReportEventV1>(`riparo.tickets.work-report-${name}.v1`, description, plain);

export const WorkReportStarted = workReportEvent('started', 'A technician began to write it; parts can be reserved for it.');
export const WorkReportClosed = workReportEvent('closed', 'It is finished, and its document waits for the approval of the customer.');
export const WorkReportApproved = workReportEvent('approved', 'The customer approved the document: what it says was used and is charged.');
export const WorkReportDisputed = workReportEvent('disputed', 'The customer sent it back; the technician writes the next version.');
export const WorkReportDiscarded = workReportEvent('discarded', 'It was started by mistake; what was reserved for it is free again.');
