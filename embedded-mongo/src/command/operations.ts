import { hostname } from 'node:os';
import { type Doc, doc, OK, type Value } from '../bson/values.js';
import type { Build, Engine } from '../engine/engine.js';
import { compileFilter } from '../query/filter.js';
import type { Command, CommandContext } from './command.js';

function buildOperation(build: Build, total: number): Doc {
  const { db, collection, index, done } = build;
  return doc({
    type: 'op',
    host: hostname(),
    desc: 'index build',
    active: true,
    opid: index.id,
    op: 'command',
    ns: `${db}.${collection}`,
    command: doc({ createIndexes: collection, indexes: [index.spec], $db: db }),
    msg: `Index Build: scanning collection ${done}/${total}`,
    progress: doc({ done: BigInt(done), total: BigInt(total) }),
  });
}

/** What goes on for longer than a moment, in currentOp's form: only index builds do. */
export function operationsUnderWay(engine: Engine): Doc[] {
  return [...engine.builds.values()].map((build) =>
    buildOperation(build, engine.catalog.find(build.db, build.collection)?.count ?? build.done),
  );
}

function currentOp(ctx: CommandContext): Doc {
  // Fields besides these are a filter over the operations (manual: reference/command/currentOp).
  const own = new Set('currentOp $all $ownOps $db lsid $readPreference comment maxTimeMS $clusterTime $truncateOps'.split(' '));
  const filter = compileFilter(new Map([...ctx.command].filter(([name]) => !own.has(name))));
  const inprog: Value[] = operationsUnderWay(ctx.engine).filter((operation) => filter.matches(operation));
  return doc({ inprog, ok: OK });
}

export const operationCommands: Record<string, Command> = {
  currentOp: { run: currentOp, fields: 'any' },
};
