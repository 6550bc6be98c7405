import { type Doc, isDoc, Opaque, type Value } from '../bson/values.js';
import { truthyValue } from './arguments.js';
import { evaluator } from './compile.js';
import type { Scope } from './expression.js';

/** A field and the value that it has to have as a whole. */
export interface Equality {
  path: string;
  value: Value;
}

/** A constant of the expression, or a variable's value: whatever does not depend on the document. */
function constantOf(expression: Value, variables: Scope | undefined): Value | undefined {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const name = expression.slice(2);
    return expression.startsWith('$$') && !name.includes('.') ? variables?.get(name) : undefined;
  }
  if (isDoc(expression)) return expression.size === 1 ? expression.get('$literal') : undefined;
  return expression;
}

function equality(a: Value, b: Value, variables: Scope | undefined): Equality | undefined {
  if (typeof a !== 'string' || !/^\$[^$]/.test(a)) return undefined;
  const value = constantOf(b, variables);
  // null also stands for what is missing, and an array's elements are keys of their own.
  if (value === undefined || value === null || Array.isArray(value) || value instanceof Opaque) return undefined;
  return { path: a.slice(1), value };
}

/** The equalities that hold for every document the condition holds for: an index can find those documents. */
export function equalitiesOf(expression: Value, variables?: Scope): Equality[] {
  if (!isDoc(expression) || expression.size !== 1) return [];
  const all = expression.get('$and');
  if (Array.isArray(all)) return all.flatMap((part) => equalitiesOf(part, variables));
  const sides = expression.get('$eq');
  if (!Array.isArray(sides) || sides.length !== 2) return [];
  const [a = null, b = null] = sides;
  const found = equality(a, b, variables) ?? equality(b, a, variables);
  return found ? [found] : [];
}

/** $expr as a test of a document. */
export function compileCondition(expression: Value, variables?: Scope): (document: Doc) => boolean {
  const compute = evaluator(expression, variables);
  return (document) => truthyValue(compute(document));
}
