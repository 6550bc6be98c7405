import * as expressionOperators from 'mingo/operators/expression';
import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import type { Options } from 'mingo/types';
import type { Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { Compute } from './expression.js';
import { fromPlain, toPlain } from './plain.js';

const known: Readonly<Record<string, unknown>> = { ...expressionOperators };
const context = Context.init({ expression: expressionOperators });
const options: Options = {
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context,
};

/** Operators that would run foreign code or look beyond the document: refused, never run. */
const refused = new Set(['$function', '$accumulator', '$where', '$meta']);

function argumentsOf(
  name: string,
  args: Compute | Compute[],
  raw: Value,
  compile: (expression: Value) => Compute,
): (scope: Parameters<Compute>[0]) => unknown {
  if (Array.isArray(args)) return (scope) => args.map((arg) => ({ $literal: toPlain(arg(scope), name) }));
  if (raw instanceof Map && ![...raw.keys()].some((key) => key.startsWith('$'))) {
    const fields = [...raw].map(([key, value]): [string, Compute] => [key, compile(value)]);
    return (scope) => Object.fromEntries(fields.map(([key, compute]) => [key, { $literal: toPlain(compute(scope), name) }]));
  }
  return (scope) => ({ $literal: toPlain(args(scope), name) });
}

export function unrecognized(name: string): string {
  return `Unrecognized expression '${name}'`;
}

/** An operator left to mingo: its arguments are computed here, so that only its own arithmetic is mingo's. */
export function mingoOperator(name: string, args: Compute | Compute[], raw: Value, compile: (expression: Value) => Compute): Compute {
  if (refused.has(name)) throw new MongoError(238, `embedded-mongo does not support ${name}`);
  if (!(name in known)) throw new MongoError(168, unrecognized(name));
  const build = argumentsOf(name, args, raw, compile);
  return (scope) => {
    try {
      return fromPlain(evalExpr({}, { [name]: build(scope) }, options));
    } catch (error) {
      if (error instanceof MongoError) throw error;
      throw new MongoError(2, `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
