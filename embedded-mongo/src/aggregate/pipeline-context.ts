import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { ReadContext } from '../storage/slice.js';
import type { Catalog } from '../storage/catalog.js';
import type { Scope } from '../expression/expression.js';
import { type DocStream, type Stage } from './stream.js';

/** What a pipeline runs in: a database to join within, and the limits of the command. */
export interface PipelineContext {
  read: ReadContext;
  catalog: Catalog;
  db: string;
  variables: Scope;
  /** What $currentOp shows. */
  operations(): Doc[];
  /** Runs a pipeline within this one, for stages that read from elsewhere. */
  run(ctx: PipelineContext, collectionName: string, stages: readonly ParsedStage[]): DocStream;
  /** Compiles the stages of a pipeline within a stage. */
  compileStages(ctx: PipelineContext, stages: readonly ParsedStage[]): Stage[];
}

export interface ParsedStage {
  name: string;
  argument: Value;
}

export function parseStages(pipeline: Value | undefined): ParsedStage[] {
  if (!Array.isArray(pipeline)) throw new MongoError(14, "'pipeline' option must be specified as an array");
  return pipeline.map((stage) => {
    if (!isDoc(stage) || stage.size !== 1)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const [[name, argument]] = [...stage] as [[string, Value]];
    return { name, argument };
  });
}

export function applyStages(source: DocStream, stages: readonly Stage[]): DocStream {
  return stages.reduce((stream, stage) => stage(stream), source);
}
