import type { Doc, Value } from '../bson/values.js';
import { evaluator, type Scope } from './expression.js';
import { truthyValue } from './truth.js';

/** $expr as a test of a document. */
export function compileCondition(expression: Value, variables?: Scope): (document: Doc) => boolean {
  const compute = evaluator(expression, variables);
  return (document) => truthyValue(compute(document));
}
