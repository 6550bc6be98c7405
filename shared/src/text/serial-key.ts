import { normalCode } from './normal.js';

const keyOf = (code: string): string => code.toUpperCase().replace(/[\s-]+/g, '') || code;

/** Serial numbers are compared without blanks, dashes and case: people type them from labels. */
export const serialKeyOf = (serialNumber: string): string => keyOf(normalCode(serialNumber));

/** Dashes that stayed in keys as long as serial numbers were kept as they were pasted. */
const KEPT_DASHES = Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212');

/** Every key under which a device with this serial number may have been kept, the present one first. */
export const serialKeysOf = (serialNumber: string): readonly string[] => {
  const code = normalCode(serialNumber);
  const kept = KEPT_DASHES.map((dash) => keyOf(code.replaceAll('-', dash)));
  return [...new Set([keyOf(code), ...(code.includes('-') ? kept : [])])];
};
