import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { stretch } from '../stretch.js';
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
import { type Compute, fieldPath, type OperatorCompiler, type Scope, scopeOf } from './expression.js';

// eslint-disable-next-line no-restricted-syntax -- a constant that is put together late, because its parts need each other
let table: Readonly<Record<string, OperatorCompiler>> | undefined;

/** Put together on first use: operators and the compiler of expressions refer to each other. */
function operatorNamed(name: string): OperatorCompiler | undefined {
  table ??= {
    ...controlOperators,
    ...arithmeticOperators,
    ...mathematicalOperators,
    ...patternOperators,
    ...rankedOperators,
    ...arrayOperators,
    ...setOperators,
    ...stringOperators,
    ...conversionOperators,
    ...dateOperators,
  };
  return table[name];
}

/** Marks a value that $$REMOVE gave: the field is left out. */
const constants: Readonly<Record<string, (scope: Scope) => Value | undefined>> = {
  REMOVE: () => undefined,
};

function compilePath(text: string): Compute {
  const variable = text.startsWith('$$');
  const parts = text.slice(variable ? 2 : 1).split('.');
  if (parts.some((part) => part === '')) {
    throw new MongoError(parts.length === 1 ? 16872 : 15998, `'${text}' is not a valid field path`);
  }
  if (!variable) return (scope) => fieldPath(scope.get('CURRENT'), parts);
  const [name = '', ...rest] = parts;
  const constant = constants[name];
  if (constant) return constant;
  return (scope) => {
    if (!scope.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
    return fieldPath(scope.get(name), rest);
  };
}

function compileObject(expression: Doc): Compute {
  const fields = [...expression].map(([name, value]): [string, Compute] => {
    if (name.includes('.')) throw new MongoError(16412, `FieldPath field names may not contain '.': ${name}`);
    return [name, compile(value)];
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [name, compute] of fields) {
      const value = compute(scope);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

export function compile(expression: Value): Compute {
  if (typeof expression === 'string') return expression.startsWith('$') ? compilePath(expression) : () => expression;
  if (Array.isArray(expression)) {
    const items = expression.map(compile);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const [first] = expression.keys();
  if (first?.startsWith('$')) {
    if (expression.size > 1)
      throw new MongoError(15983, 'an expression specification must contain exactly one field, the name of the expression');
    return compileOperator(first, expression.get(first) ?? null);
  }
  return compileObject(expression);
}

/** Known to MongoDB, and refused: foreign code, what lies beyond the document, and what is only approximated there. */
const REFUSED = new Set(['$function', '$accumulator', '$where', '$meta', '$median', '$percentile', '$sampleRate', '$toHashedIndexKey']);

export function unrecognized(name: string): string {
  return `Unrecognized expression '${name}'`;
}

/** An operator takes some 100 ns beside what its arguments take. */
const STEPS_OF_OPERATOR = 2;

function compileOperator(name: string, argument: Value): Compute {
  const operator = operatorNamed(name);
  if (operator) {
    const compute = operator(argument, compile);
    return (scope) => {
      stretch.spend(STEPS_OF_OPERATOR);
      return compute(scope);
    };
  }
  if (REFUSED.has(name)) throw notSupported(name);
  throw new MongoError(168, unrecognized(name));
}

/** Compiles an expression into a function of a document. */
export function evaluator(expression: Value, variables?: Scope): (document: Doc) => Value | undefined {
  const compute = compile(expression);
  const now = new Date();
  const base = new Map<string, Value | undefined>([['NOW', now], ...(variables ?? [])]);
  return (document) => compute(scopeOf(document, base));
}
