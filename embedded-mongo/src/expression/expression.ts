import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { stretch } from '../stretch.js';
import { operatorNamed } from './operators.js';

/** Variables by name without the dollars: ROOT, CURRENT, NOW, those of $let, $map, $lookup… */
export type Scope = ReadonlyMap<string, Value | undefined>;
/** A compiled expression; undefined is MongoDB's "missing". */
export type Compute = (scope: Scope) => Value | undefined;
/** Turns an operator's argument into something that can be computed. */
export type OperatorCompiler = (argument: Value, compile: (expression: Value) => Compute) => Compute;

/** Marks a value that $$REMOVE gave: the field is left out. */
const constants: Readonly<Record<string, (scope: Scope) => Value | undefined>> = {
  REMOVE: () => undefined,
};

/** A field path through arrays: of an array of documents it gives the array of their fields. */
export function fieldPath(value: Value | undefined, parts: readonly string[], at = 0): Value | undefined {
  if (at === parts.length) return value;
  if (isDoc(value)) return fieldPath(value.get(parts[at] ?? ''), parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const element of value) {
    const inner = isDoc(element) || Array.isArray(element) ? fieldPath(element, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

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

/** An operator takes some 200 ns beside what its arguments take. */
const STEPS_OF_OPERATOR = 4;

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

export function scopeOf(document: Value, variables?: ReadonlyMap<string, Value | undefined>): Map<string, Value | undefined> {
  const scope = new Map<string, Value | undefined>(variables ?? []);
  scope.set('ROOT', document);
  scope.set('CURRENT', document);
  if (!scope.has('NOW')) scope.set('NOW', new Date());
  return scope;
}

/** Compiles an expression into a function of a document. */
export function evaluator(expression: Value, variables?: Scope): (document: Doc) => Value | undefined {
  const compute = compile(expression);
  const now = new Date();
  const base = new Map<string, Value | undefined>([['NOW', now], ...(variables ?? [])]);
  return (document) => compute(scopeOf(document, base));
}
