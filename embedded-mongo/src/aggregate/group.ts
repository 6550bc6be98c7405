import { keyText } from '../bson/key.js';
import type { Doc, Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { accumulator, type Accumulator } from './accumulators.js';
import { compile } from '../expression/compile.js';
import { scopeOf } from '../expression/expression.js';
import { allowance, weigh } from './memory.js';
import { sort } from './sort-stage.js';
import { forEach, needDoc, paced, type StageCompiler } from './stream.js';

/** About what a group and each of its accumulators take besides the values they hold. */
const STATE_BYTES = 96;

export const group: StageCompiler = (argument, variables) => {
  const spec = needDoc('$group', argument);
  if (!spec.has('_id')) throw new MongoError(15955, 'a group specification must include an _id');
  const id = compile(spec.get('_id') ?? null);
  const fields = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => {
      if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
      return { name, start: accumulator(name, value) };
    });
  return function* (input) {
    const groups = new Map<string, { id: Value; states: Accumulator[] }>();
    const spend = allowance('$group');
    yield* forEach(input, (document) => {
      const scope = scopeOf(document, variables);
      const value = id(scope) ?? null;
      const key = keyText(value);
      let entry = groups.get(key);
      if (!entry) {
        spend(weigh(value) + key.length + STATE_BYTES * (1 + fields.length));
        groups.set(key, (entry = { id: value, states: fields.map((field) => field.start(spend)) }));
      }
      for (const state of entry.states) state.add(scope);
    });
    const resultOf = ({ id: groupId, states }: { id: Value; states: Accumulator[] }): Doc => {
      const result: Doc = new Map([['_id', groupId]]);
      fields.forEach((field, i) => result.set(field.name, states[i]?.result() ?? null));
      return result;
    };
    yield* paced(groups.values(), resultOf);
  };
};

export const sortByCount: StageCompiler = (argument, variables) => {
  const grouped = group(
    new Map<string, Value>([
      ['_id', argument],
      ['count', new Map([['$sum', 1]])],
    ]),
    variables,
  );
  const sorted = sort(new Map([['count', -1]]), variables);
  return (input) => sorted(grouped(input));
};
