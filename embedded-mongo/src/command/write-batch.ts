import { type Doc, doc, OK, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { CommandContext } from './command.js';
import { type Job, PAUSE } from '../stretch.js';

const MAX_ITEMS = 100_000;

/** How many items one command may hold; the name is MongoDB's code for it. */
export function checkBatch(items: readonly unknown[]): void {
  if (items.length === 0 || items.length > MAX_ITEMS)
    throw new MongoError(16, `Write batch sizes must be between 1 and ${MAX_ITEMS}. Got ${items.length} operations.`);
}

/** An error of one item as it is reported; what ends the whole command is thrown on. */
function itemError(index: number, error: unknown): Doc {
  // Time that is over is over for all items, as in MongoDB.
  if (!(error instanceof MongoError) || error.code === 50) throw error;
  const fields = doc({ index, code: error.code });
  for (const [name, value] of error.details ?? []) fields.set(name, value as Value);
  return fields.set('errmsg', error.message);
}

/** Does one item after the other, of an ordered batch until one fails; the reply is told of the errors. */
export function* eachItem<T>(
  ctx: CommandContext,
  items: readonly T[],
  run: (item: T, index: number) => Job<void> | undefined,
  reply: () => Doc,
): Job<Doc> {
  const ordered = ctx.command.get('ordered') !== false;
  const errors: Value[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const job = run(item, index);
      if (job) yield* job;
    } catch (error) {
      errors.push(itemError(index, error));
      if (ordered) break;
    }
    if (ctx.engine.slice.over(ctx.deadline)) yield PAUSE;
  }
  const result = reply();
  if (errors.length > 0) result.set('writeErrors', errors);
  return result.set('ok', OK);
}
