import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Fault } from './check/fault.js';

/** A receipt is no invoice, nor is the credit note that takes it back. */
export const fatturapaNotForReceipts = (number: string): DomainError =>
  new DomainError(
    'conflict',
    'FATTURAPA_NOT_FOR_RECEIPTS',
    `${number} is a receipt, or takes one back: there is no electronic invoice for it. If the customer wants an invoice, take the receipt back and issue one.`,
  );

/** The exchange system would refuse the file. */
export const fatturapaFaulty = (number: string, faults: readonly Fault[]): DomainError =>
  new DomainError(
    'conflict',
    'FATTURAPA_FAULTY',
    `The exchange system would refuse the electronic invoice of ${number}: ${faults.map(({ message }) => message).join(' ')}`,
    { extra: { faults } },
  );

export const fatturapaDropOff = (): DomainError =>
  new DomainError(
    'conflict',
    'FATTURAPA_DROP_OFF',
    'No folder for electronic invoices is set up (FATTURAPA_DROP_DIR). Download the file instead.',
  );
