import type { Scope } from '../aggregate/expression.js';
import { compileStage, runPipeline } from '../aggregate/pipeline.js';
import type { PipelineContext } from '../aggregate/pipeline-context.js';
import { type CommandContext, readContext } from './command.js';

/** What a command's pipeline runs in. */
export function pipelineContext(ctx: CommandContext, variables: Scope): PipelineContext {
  return { read: readContext(ctx), catalog: ctx.engine.catalog, db: ctx.db, variables, run: runPipeline, compileStage };
}
