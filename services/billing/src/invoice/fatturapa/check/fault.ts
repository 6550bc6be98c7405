/** Something for which the exchange system would refuse the file, or could not read it. */
export interface Fault {
  /** Of the exchange system's list of checks; 00200: not valid against the schema. */
  readonly code: string;
  /** Where in the file. */
  readonly element: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** An issued document never changes, so that what it was issued with is corrected on the way of a new one. */
const REISSUE = 'take this document back with a credit note and issue it again';

export const correctCustomer = (what: string): string => `${what}. Correct the customer, ${REISSUE}.`;
export const correctSettings = (what: string): string => `${what}. Correct the settings of the centre, ${REISSUE}.`;
export const correctDocument = (what: string): string => `${what}. Correct it, ${REISSUE}.`;

/** The rows whose condition holds, as faults. */
export const faultsOf = (
  ...rows: readonly (readonly [isFault: boolean, code: string, element: string, message: string])[]
): readonly Fault[] => rows.filter(([isFault]) => isFault).map(([, code, element, message]) => ({ code, element, message }));
