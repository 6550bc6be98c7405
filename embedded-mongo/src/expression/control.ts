import { compareValues } from '../bson/compare.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { checkCount, eager, isNullish, truthyValue } from './arguments.js';
import type { Compute, OperatorCompiler } from './expression.js';

function comparison(name: string, accepts: (order: number) => Value): Record<string, OperatorCompiler> {
  return eager(name, 2, 2, ([a, b]) => {
    if (a === undefined || b === undefined) return accepts(a === b ? 0 : a === undefined ? -1 : 1);
    return accepts(compareValues(a, b));
  });
}

/** A document argument with known fields, as $cond, $switch and $let take it. */
export function fieldsOf(name: string, argument: Value, required: readonly string[], optional: readonly string[] = []): Doc {
  if (!isDoc(argument)) throw new MongoError(16878, `${name} only supports an object as its argument`);
  for (const key of argument.keys()) {
    if (!required.includes(key) && !optional.includes(key)) throw new MongoError(16879, `Unrecognized parameter to ${name}: ${key}`);
  }
  for (const key of required) if (!argument.has(key)) throw new MongoError(16880, `Missing '${key}' parameter to ${name}`);
  return argument;
}

const cond: OperatorCompiler = (argument, compile) => {
  let parts: Value[];
  if (Array.isArray(argument)) {
    checkCount('$cond', argument.length, 3, 3);
    parts = argument;
  } else {
    const fields = fieldsOf('$cond', argument, ['if', 'then', 'else']);
    parts = [fields.get('if') ?? null, fields.get('then') ?? null, fields.get('else') ?? null];
  }
  const [test, yes, no] = parts.map(compile);
  return (scope) => (truthyValue(test?.(scope)) ? yes?.(scope) : no?.(scope));
};

const switchOperator: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$switch', argument, ['branches'], ['default']);
  const branches = fields.get('branches');
  if (!Array.isArray(branches)) throw new MongoError(40060, "$switch expected an array for 'branches'");
  const compiled = branches.map((branch): [Compute, Compute] => {
    const parts = fieldsOf('$switch', branch, ['case', 'then']);
    return [compile(parts.get('case') ?? null), compile(parts.get('then') ?? null)];
  });
  const fallback = fields.has('default') ? compile(fields.get('default') ?? null) : undefined;
  return (scope) => {
    for (const [test, result] of compiled) if (truthyValue(test(scope))) return result(scope);
    if (!fallback) throw new MongoError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return fallback(scope);
  };
};

const letOperator: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$let', argument, ['vars', 'in']);
  const vars = fields.get('vars');
  if (!isDoc(vars)) throw new MongoError(16876, 'invalid parameter: expected an object (vars)');
  const compiled = [...vars].map(([name, value]): [string, Compute] => [name, compile(value)]);
  const body = compile(fields.get('in') ?? null);
  return (scope) => body(new Map([...scope, ...compiled.map(([name, compute]): [string, Value | undefined] => [name, compute(scope)])]));
};

function lazyList(argument: Value, compile: (expression: Value) => Compute): Compute[] {
  return (Array.isArray(argument) ? argument : [argument]).map(compile);
}

export const controlOperators: Record<string, OperatorCompiler> = {
  $literal: (argument) => () => argument,
  $cond: cond,
  $switch: switchOperator,
  $let: letOperator,
  $ifNull: (argument, compile) => {
    const args = lazyList(argument, compile);
    if (args.length < 2) throw new MongoError(1257300, `$ifNull needs at least two arguments, had: ${args.length}`);
    return (scope) => {
      let last: Value | undefined;
      for (const arg of args) {
        last = arg(scope);
        if (!isNullish(last)) return last;
      }
      return last;
    };
  },
  $and: (argument, compile) => {
    const args = lazyList(argument, compile);
    return (scope) => args.every((arg) => truthyValue(arg(scope)));
  },
  $or: (argument, compile) => {
    const args = lazyList(argument, compile);
    return (scope) => args.some((arg) => truthyValue(arg(scope)));
  },
  ...eager('$not', 1, 1, ([value]) => !truthyValue(value)),
  ...comparison('$eq', (order) => order === 0),
  ...comparison('$ne', (order) => order !== 0),
  ...comparison('$gt', (order) => order > 0),
  ...comparison('$gte', (order) => order >= 0),
  ...comparison('$lt', (order) => order < 0),
  ...comparison('$lte', (order) => order <= 0),
  ...comparison('$cmp', (order) => order),
};
