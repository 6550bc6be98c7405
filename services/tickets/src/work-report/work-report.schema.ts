import type { UnusedPart } from '@riparo/shared/contracts/repair-outcome';
import { UNUSED_PARTS } from '@riparo/shared/contracts/repair-outcome';
import type { Malfunction } from '@riparo/shared/contracts/work-reports.events';
import { pieces } from '@riparo/shared/http/price-line-schema';
import { instant, line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';

export interface NewReport {
  readonly appointmentId?: string;
  readonly startedAt?: Date;
  /** Of the desk: who worked. */
  readonly technicianIds?: readonly string[];
}

/** What the technician says of one reservation. */
export interface PartInput {
  readonly reservationId: string;
  readonly used: number;
  readonly unused?: UnusedPart;
}

/** What a change sends: fields that are left out stay, `null` clears. */
export interface ReportEdit {
  readonly malfunctions?: readonly Malfunction[];
  readonly solution?: string | null;
  readonly startedAt?: Date;
  readonly endedAt?: Date | null;
  readonly labourMinutes?: number | null;
  readonly travel?: { readonly distanceKm: number; readonly minutes: number } | null;
  readonly odometer?: { readonly start: number; readonly end?: number } | null;
  readonly parts?: readonly PartInput[];
  /** Ids of attachments. */
  readonly photos?: readonly string[];
  readonly customerRemarks?: string | null;
  readonly technicianIds?: readonly string[];
}

const MAX_TECHNICIANS = 10;
const MAX_MALFUNCTIONS = 20;
const MAX_PARTS = 100;
/** As many as one change can bring, and as a document can show. */
export const MAX_PHOTOS = 10;
/** A year in minutes; more can only be a typing error. */
export const MAX_MINUTES = 525_600;
const MAX_KM = 10_000;
const MAX_ODOMETER = 9_999_999;

const technicianIds = () => Joi.array().items(uuid()).min(1).max(MAX_TECHNICIANS).unique();
const minutes = () => Joi.number().strict().integer().min(0).max(MAX_MINUTES);
const odometer = () => Joi.number().strict().integer().min(0).max(MAX_ODOMETER);

export const newReportBody = Joi.object<NewReport>({
  appointmentId: uuid(),
  startedAt: instant(),
  technicianIds: technicianIds(),
});

const malfunction = Joi.object<Malfunction>({ component: line(200), symptom: paragraph(1_000).required(), cause: paragraph(1_000) });

const part = Joi.object<PartInput>({ reservationId: uuid().required(), used: pieces(0).required(), unused: oneOf(UNUSED_PARTS) });

export const reportEditBody = Joi.object<ReportEdit>({
  malfunctions: Joi.array().items(malfunction).max(MAX_MALFUNCTIONS),
  solution: paragraph(5_000).allow(null),
  startedAt: instant(),
  endedAt: instant().allow(null),
  labourMinutes: minutes().allow(null),
  travel: Joi.object({
    distanceKm: Joi.number().strict().min(0).max(MAX_KM).precision(1).required(),
    minutes: minutes().required(),
  }).allow(null),
  odometer: Joi.object({ start: odometer().required(), end: odometer() }).allow(null),
  parts: Joi.array().items(part).max(MAX_PARTS).unique('reservationId'),
  photos: Joi.array().items(uuid()).max(MAX_PHOTOS).unique(),
  customerRemarks: paragraph(2_000).allow(null),
  technicianIds: technicianIds(),
}).min(1);
