import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FieldFault } from '@riparo/shared/errors/domain-error';

export const partNotFound = (): DomainError => notFound('part');
export const reservationNotFound = (): DomainError => notFound('reservation');
export const countNotFound = (): DomainError => notFound('count');
export const repairNotFound = (): DomainError => notFound('repair');
export const workReportNotFound = (): DomainError => notFound('work report');
export const assetNotFound = (): DomainError => notFound('asset');

export const skuTaken = (partId: string | undefined): DomainError =>
  new DomainError('conflict', 'SKU_TAKEN', 'Another part has this SKU. A part that is no longer offered keeps its SKU.', {
    extra: { partId },
  });

export const partRetired = (): DomainError =>
  new DomainError('conflict', 'PART_RETIRED', 'The part is no longer offered: it cannot be reserved or ordered.');

export const notEnoughOnHand = (onHand: number): DomainError =>
  new DomainError('conflict', 'NOT_ENOUGH_ON_HAND', `Only ${onHand} of these are on the shelf.`, { extra: { onHand } });

export const reservationEnded = (state: string): DomainError =>
  new DomainError('conflict', 'RESERVATION_ENDED', `The reservation is ${state} and can no longer be changed.`, { extra: { state } });

export const repairWorkEnded = (current: string): DomainError =>
  new DomainError('conflict', 'REPAIR_WORK_ENDED', `The repair is ${current}: the work on it has ended.`, { extra: { current } });

export const repairNotAssignedToYou = (): DomainError =>
  new DomainError('forbidden', 'REPAIR_NOT_ASSIGNED_TO_YOU', 'The repair is not assigned to you. Take it first.');

export const workReportNotYours = (): DomainError =>
  new DomainError('forbidden', 'WORK_REPORT_NOT_YOURS', 'You are none of the technicians of the work report.');

export const workReportEnded = (current: string): DomainError =>
  new DomainError('conflict', 'WORK_REPORT_ENDED', `The work report is ${current}: nothing can be reserved for it.`, {
    extra: { current },
  });

export const ticketClosed = (): DomainError =>
  new DomainError('conflict', 'TICKET_CLOSED', 'The ticket of the work report is closed: nothing can be reserved for it.');

export const workReportOfRepair = (repairId: string): DomainError =>
  invalidInput([{ path: 'workReportId', message: `is of a repair: reserve for the repair (repairId ${repairId})` }]);

export const partInOtherCurrency = (currency: string, repairCurrency: string): DomainError =>
  new DomainError('conflict', 'PART_IN_OTHER_CURRENCY', `The part is sold in ${currency}, the work is paid in ${repairCurrency}.`, {
    extra: { currency, repairCurrency },
  });

export const tooManyReservations = (most: number): DomainError =>
  new DomainError('conflict', 'TOO_MANY_RESERVATIONS', `A part has at most ${most} open reservations.`, { extra: { most } });

export const deskOnly = (path: string): FieldFault => ({ path, message: 'is for the desk to say' });

export const otherCurrency = (paths: readonly string[], currency: string): DomainError =>
  invalidInput(paths.map((path) => ({ path, message: `must be in ${currency}` })));
