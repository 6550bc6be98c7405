import type { OperatorCompiler } from './expression.js';
import { arithmeticOperators } from './arithmetic.js';
import { arrayOperators } from './arrays.js';
import { controlOperators } from './control.js';
import { conversionOperators } from './conversions.js';
import { dateOperators } from './dates.js';
import { mathematicalOperators } from './mathematics.js';
import { patternOperators } from './patterns.js';
import { rankedOperators } from './ranked.js';
import { setOperators } from './sets.js';
import { stringOperators } from './strings.js';

// eslint-disable-next-line no-restricted-syntax -- a constant that is put together late, because its parts need each other
let table: Readonly<Record<string, OperatorCompiler>> | undefined;

/** Put together on first use: operators and the compiler of expressions refer to each other. */
export function operatorNamed(name: string): OperatorCompiler | undefined {
  table ??= {
    ...controlOperators,
    ...arithmeticOperators,
    ...mathematicalOperators,
    ...rankedOperators,
    ...arrayOperators,
    ...setOperators,
    ...stringOperators,
    ...patternOperators,
    ...conversionOperators,
    ...dateOperators,
  };
  return table[name];
}
