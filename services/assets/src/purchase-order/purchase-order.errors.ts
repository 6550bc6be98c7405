import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FieldFault } from '@riparo/shared/errors/domain-error';

export const purchaseOrderNotFound = (): DomainError => notFound('purchase order');

export const purchaseOrderStatus = (current: string, allowed: readonly string[]): DomainError =>
  new DomainError(
    'conflict',
    'PURCHASE_ORDER_STATUS',
    `The purchase order is ${current}. This is only possible while it is ${allowed.join(' or ')}.`,
    { extra: { current, allowed } },
  );

export const purchaseOrderEmpty = (): DomainError =>
  new DomainError('conflict', 'PURCHASE_ORDER_EMPTY', 'The purchase order has no lines yet.');

export const linesChanged = (): DomainError =>
  new DomainError(
    'conflict',
    'PURCHASE_ORDER_LINES_FIXED',
    'The parts were ordered. Only the expected days can change; cancel this order and make a new one for anything else.',
  );

/** A line of a receipt that brings more than is still to come. */
export interface TooMany {
  /** Its place in the request. */
  readonly index: number;
  readonly lineId: string;
  readonly remaining: number;
}

export const moreThanOrdered = (excess: readonly TooMany[]): DomainError =>
  new DomainError('conflict', 'MORE_THAN_ORDERED', 'More pieces came than are still to come. Book the others by a movement of the part.', {
    errors: excess.map(({ index, remaining }) => ({ path: `lines.${index}.quantity`, message: `must be ${remaining} at most` })),
    extra: { remaining: excess.map(({ lineId, remaining }) => ({ lineId, remaining })) },
  });

export const noSuchLines = (faults: readonly FieldFault[]): DomainError => invalidInput(faults);
