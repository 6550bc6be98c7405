import type { Scope } from '../expression/expression.js';
import { compileStages, runPipeline } from '../aggregate/pipeline.js';
import type { PipelineContext } from '../aggregate/pipeline-context.js';
import { type CommandContext, readContext } from './command.js';
import { operationsUnderWay } from './operations.js';

/** What a command's pipeline runs in. */
export function pipelineContext(ctx: CommandContext, variables: Scope): PipelineContext {
  return {
    read: readContext(ctx),
    catalog: ctx.engine.catalog,
    db: ctx.db,
    variables,
    operations: () => operationsUnderWay(ctx.engine),
    run: runPipeline,
    compileStages,
  };
}
