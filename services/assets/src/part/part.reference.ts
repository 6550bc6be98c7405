import { REPAIR_STATUSES } from '@riparo/shared/contracts/enums';
import { RESERVATION_STATES } from '@riparo/shared/contracts/parts.events';
import { WORK_REPORT_STATUSES } from '@riparo/shared/contracts/work-reports.events';
import { bytes, fields, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count, id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers, Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { partImportAnswer } from '../import/import.answer.js';
import { stockCountAnswer, stockCountSummaryAnswer } from './count/stock-count.answer.js';
import { movementAnswer, partAnswer, reservationAnswer } from './part.answer.js';

const PARTS: Tag = { name: 'Parts', about: 'The parts catalogue, its stock, and what is reserved for repairs and visits.' };

const SKU: Problems = { 409: ['SKU_TAKEN'] };
const SOMEBODY_ELSES = ['REPAIR_NOT_ASSIGNED_TO_YOU', 'WORK_REPORT_NOT_YOURS'] as const;
const NO_WORK = ['REPAIR_NOT_FOUND', 'WORK_REPORT_NOT_FOUND'] as const;
const WORK_ENDED = ['REPAIR_WORK_ENDED', 'WORK_REPORT_ENDED', 'TICKET_CLOSED'] as const;
const FOR_WORK: Problems = { 403: SOMEBODY_ELSES, 404: NO_WORK };
const OPEN: Problems = { ...FOR_WORK, 409: [...WORK_ENDED, 'RESERVATION_ENDED'] };

const MEMBERS: ProblemMembers = {
  SKU_TAKEN: fields({ partId: id().description('The part that has it.') }),
  NOT_ENOUGH_ON_HAND: fields({ onHand: count() }),
  RESERVATION_ENDED: fields({ state: oneOf(RESERVATION_STATES) }),
  REPAIR_WORK_ENDED: fields({ current: oneOf(REPAIR_STATUSES) }),
  WORK_REPORT_ENDED: fields({ current: oneOf(WORK_REPORT_STATUSES) }),
  PART_IN_OTHER_CURRENCY: fields({
    currency: text().description('Of the part.'),
    repairCurrency: text().description('Of the repair, or of the work report.'),
  }),
  TOO_MANY_RESERVATIONS: fields({ most: count() }),
};

export const PART_OPERATIONS = operations(
  PARTS,
  {
    listParts: { answer: pageOf(partAnswer), problems: { 404: ['ASSET_NOT_FOUND'] } },
    createPart: { answer: one(partAnswer), problems: SKU },
    importParts: { answer: one(partImportAnswer) },
    exportParts: {
      answer: bytes(['text/csv']),
      problems: { 404: ['ASSET_NOT_FOUND'] },
      headers: { 'Content-Disposition': 'Suggests the file name `parts.csv`.' },
    },
    listStockCounts: { answer: pageOf(stockCountSummaryAnswer) },
    createStockCount: { answer: one(stockCountAnswer) },
    getStockCount: { answer: one(stockCountAnswer) },
    getPart: { answer: one(partAnswer) },
    updatePart: { answer: one(partAnswer), problems: SKU },
    retirePart: { answer: nothing },
    listStockMovements: { answer: pageOf(movementAnswer) },
    createStockMovement: { answer: one(partAnswer), problems: { 404: ['REPAIR_NOT_FOUND'], 409: ['NOT_ENOUGH_ON_HAND'] } },
    listReservations: {
      answer: pageOf(reservationAnswer),
      problems: FOR_WORK,
    },
    createReservation: {
      answer: one(reservationAnswer),
      problems: {
        ...FOR_WORK,
        404: [...NO_WORK, 'PART_NOT_FOUND'],
        409: [...WORK_ENDED, 'PART_RETIRED', 'PART_IN_OTHER_CURRENCY', 'TOO_MANY_RESERVATIONS'],
      },
    },
    getReservation: { answer: one(reservationAnswer), unversioned: true },
    updateReservation: {
      answer: one(reservationAnswer),
      problems: { ...OPEN, 409: [...WORK_ENDED, 'RESERVATION_ENDED', 'PART_RETIRED'] },
      unversioned: true,
    },
    releaseReservation: { answer: nothing, problems: OPEN, unversioned: true },
  },
  MEMBERS,
);
