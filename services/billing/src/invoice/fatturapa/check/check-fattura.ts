import type { Fattura } from '../fattura.js';
import { checkBuyer } from './check-buyer.js';
import { checkDocument, checkText } from './check-document.js';
import { checkExemptions } from './check-exemptions.js';
import { checkSeller } from './check-seller.js';
import { checkSums } from './check-sums.js';
import type { Fault } from './fault.js';

/** Every check of the exchange system that can be made here and has an object here, all faults at once. */
export const checkFattura = (fattura: Fattura, today: string): readonly Fault[] => [
  ...checkSeller(fattura),
  ...checkBuyer(fattura),
  ...checkDocument(fattura, today),
  ...checkExemptions(fattura),
  ...checkSums(fattura),
  ...checkText(fattura),
];
