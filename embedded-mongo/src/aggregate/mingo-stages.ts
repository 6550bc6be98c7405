import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import { Aggregator } from 'mingo/aggregator';
import { Context, ProcessingMode } from 'mingo/core';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { fromPlain, toPlain } from './plain.js';
import { collecting, type Stage } from './stream.js';

const context = Context.init({
  accumulator: accumulators,
  expression: expressions,
  pipeline: stages,
  window: windows,
});

/** Stages that are mingo's as a whole: documents are turned into plain objects and back (see docs/support.md). */
export const mingoStageNames = new Set(['$bucketAuto', '$setWindowFields', '$densify', '$fill']);

export function mingoStage(name: string, argument: Value): Stage {
  refuseScripts(argument);
  const spec = toPlain(argument, name);
  return collecting(name, (documents) => {
    const plain = documents.map((document) => toPlain(document, name) as Record<string, unknown>);
    try {
      const aggregator = new Aggregator([{ [name]: spec }], { context, processingMode: ProcessingMode.CLONE_ALL, scriptEnabled: true });
      return aggregator.run(plain).map((result) => documentOf(result, name));
    } catch (error) {
      if (error instanceof MongoError) throw error;
      throw new MongoError(2, `${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** mingo builds its windows on its own $function, so scripts have to be on; none may come from a client. */
function refuseScripts(value: Value): void {
  if (Array.isArray(value)) value.forEach(refuseScripts);
  if (!isDoc(value)) return;
  for (const [key, field] of value) {
    if (['$function', '$accumulator', '$where'].includes(key)) throw notSupported(`${key} (server-side JavaScript)`);
    refuseScripts(field);
  }
}

function documentOf(result: unknown, name: string): Doc {
  const value = fromPlain(result);
  if (!isDoc(value)) throw new MongoError(2, `${name} gave something that is no document`);
  return value;
}
