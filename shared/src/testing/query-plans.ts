import assert from 'node:assert/strict';
import type { CommandStartedEvent, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/** How the database answers one query that the service under test has sent. */
export interface QueryPlan {
  readonly command: 'find' | 'aggregate';
  readonly filter: unknown;
  /** The winning plan, as JSON. */
  readonly plan: string;
  /** Index keys and documents that the database read for the answer. */
  readonly examined: { readonly keys: number; readonly documents: number };
}

const FIND_PARTS = ['find', 'filter', 'sort', 'limit', 'skip', 'projection', 'hint'];
const AGGREGATE_PARTS = ['aggregate', 'pipeline', 'cursor', 'hint'];

const pick = (command: Document, parts: readonly string[]): Document =>
  Object.fromEntries(parts.filter((part) => command[part] !== undefined).map((part) => [part, command[part] as unknown]));

const isAsked = (command: Document): boolean => command.comment === undefined && JSON.stringify(command).includes('"tenantId":"');

/**
 * Passes every command that goes to the connection's database while `act` runs to `see`. Commands of jobs, which may
 * run meanwhile, name no tenant or have a comment; they are left out.
 */
const watching = async (connection: Connection, see: (event: CommandStartedEvent) => void, act: () => Promise<unknown>): Promise<void> => {
  const listen = (event: CommandStartedEvent): void => {
    if (event.databaseName === connection.db?.databaseName && isAsked(event.command)) see(event);
  };
  const client = connection.getClient();
  client.on('commandStarted', listen);
  try {
    await act();
  } finally {
    client.off('commandStarted', listen);
  }
};

/** The commands that the database got while `act` ran, as `find users`. Two requests that do the same work have the same list. */
export const commandsOf = async (connection: Connection, act: () => Promise<unknown>): Promise<readonly string[]> => {
  const commands: string[] = [];
  await watching(connection, ({ commandName, command }) => void commands.push(`${commandName} ${String(command[commandName])}`), act);
  return commands;
};

interface Explained extends Document {
  readonly executionStats?: { readonly totalKeysExamined: number; readonly totalDocsExamined: number };
  /** MongoDB explains the query before a pipeline's other stages here. */
  readonly stages?: readonly { readonly $cursor?: Explained }[];
}

const inFront = (explained: Explained): Explained => explained.stages?.find(({ $cursor }) => $cursor !== undefined)?.$cursor ?? explained;

/** Runs `act` and explains every query that it made on `collection`: the real queries, not copies of them. */
export const plansOf = async (connection: Connection, collection: string, act: () => Promise<unknown>): Promise<readonly QueryPlan[]> => {
  const asked: { readonly command: QueryPlan['command']; readonly query: Document; readonly filter: unknown }[] = [];
  const see = ({ commandName, command }: CommandStartedEvent): void => {
    if (command[commandName] !== collection) return;
    if (commandName === 'find') asked.push({ command: 'find', query: pick(command, FIND_PARTS), filter: command.filter });
    if (commandName === 'aggregate') asked.push({ command: 'aggregate', query: pick(command, AGGREGATE_PARTS), filter: command.pipeline });
  };
  await watching(connection, see, act);
  return Promise.all(
    asked.map(async ({ command, query, filter }) => {
      const explained = (await connection.db?.command({ explain: query, verbosity: 'executionStats' })) as Explained;
      const { totalKeysExamined: keys = NaN, totalDocsExamined: documents = NaN } = inFront(explained).executionStats ?? {};
      return { command, filter, plan: JSON.stringify(explained), examined: { keys, documents } };
    }),
  );
};

const isById = (filter: unknown): boolean => typeof (filter as { readonly _id?: unknown } | undefined)?._id === 'string';

/**
 * Asserts that every query used an index whose keys have all of `fields`, and that lists come in the index's order: no
 * scan, no sort. `fields` keeps an index from passing that gives the order but filters nothing.
 */
export const expectIndexed = (plans: readonly QueryPlan[], what: string, fields: readonly string[] = []): void => {
  assert.notEqual(plans.length, 0, `${what}: nothing was asked`);
  for (const { command, plan, filter } of plans) {
    const told = `${what}: ${command} ${JSON.stringify(filter)}\n${plan}`;
    assert.match(plan, /IXSCAN|IDHACK|COUNT_SCAN/, told);
    assert.doesNotMatch(plan, /COLLSCAN/, told);
    if (command === 'find') assert.doesNotMatch(plan, /"stage":"SORT"/, told);
    const keys = [...plan.matchAll(/"keyPattern":(\{[^}]*\})/g)].map(([, key = '']) => key);
    // A count has no order, so its index needs only the fields that it filters by. One document by its id, which work in the
    // background may fetch meanwhile, needs none.
    const wanted = isById(filter)
      ? []
      : command === 'find'
        ? fields
        : fields.filter((field) => JSON.stringify(filter).includes(`"${field}"`));
    for (const field of wanted)
      assert.ok(
        keys.every((key) => key.includes(`"${field}"`)),
        `${told}\nlacks ${field}`,
      );
  }
};
