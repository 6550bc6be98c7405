import type { OperatorCompiler } from './expression.js';
import { arithmeticOperators } from './arithmetic.js';
import { arrayOperators } from './arrays.js';
import { controlOperators } from './control.js';
import { conversionOperators } from './conversions.js';
import { dateOperators } from './dates.js';
import { setOperators } from './sets.js';
import { stringOperators } from './strings.js';

// eslint-disable-next-line no-restricted-syntax -- a constant that is put together late, because its parts need each other
let table: Readonly<Record<string, OperatorCompiler>> | undefined;

/**
 * The operators computed on exact BSON types; the others are mingo's, see mingo-operator.ts.
 * Put together on first use: operators and the compiler of expressions refer to each other.
 */
export function operatorNamed(name: string): OperatorCompiler | undefined {
  table ??= {
    ...controlOperators,
    ...arithmeticOperators,
    ...arrayOperators,
    ...setOperators,
    ...stringOperators,
    ...conversionOperators,
    ...dateOperators,
  };
  return table[name];
}
