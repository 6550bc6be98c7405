import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Clock } from '../runtime/clock.js';
import { HOUR_MS } from '../time/units.js';
import { collectionOf } from './collection.js';
import { toState, type StoredDocument } from './documents.js';
import type { RefreshDerived } from './refresh-derived.js';

/** How far the entities of one collection are in line with a scheme. */
interface Progress extends Document {
  /** The collection's name. */
  readonly _id: string;
  readonly scheme: number;
  readonly roundsLeft: number;
  /** All entities from this id on are done in this round; missing at its beginning. */
  readonly reached?: string;
  /** When the round begins or goes on. */
  readonly dueAt: Date;
}

interface Options {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Number of the present way of making the fields. Collections without a stored number were made in an earlier way. */
  readonly scheme: number;
  /** Entities in one step, which is what a crash repeats. */
  readonly batch?: number;
  /** Steps in one run. A run is short, so that a service can stop between two of them. */
  readonly steps?: number;
}

/**
 * While instances are replaced one after the other, those of the former version still write in their way. The second round,
 * an hour after the first, finds what they wrote.
 */
const ROUNDS = 2;

/**
 * Goes through a collection from the newest entity to the oldest, since new ones are asked for most (ids sort by creation).
 * Resolves to whether nothing is left to do, ever. A version that finds a newer scheme leaves that work alone.
 */
const createWalk = ({ connection, clock, scheme, batch = 100, steps = 10 }: Options, fields: RefreshDerived): (() => Promise<boolean>) => {
  const { collection: name, projection } = fields;
  const collection = collectionOf<StoredDocument>(connection, name);
  const progresses = collectionOf<Progress>(connection, 'derived_fields');
  const mine = { _id: name, scheme };

  const stored = async (): Promise<Progress> => {
    const progress = await progresses.findOne({ _id: name });
    if (progress !== null && progress.scheme >= scheme) return progress;
    const begun = { ...mine, roundsLeft: ROUNDS, dueAt: clock.now() };
    await progresses.replaceOne({ _id: name }, begun, { upsert: true });
    return begun;
  };

  /** Does the entities before an id; the last of them is where the next step begins, `undefined` is the end. */
  const step = async (reached: string | undefined): Promise<string | undefined> => {
    const older = reached === undefined ? {} : { _id: { $lt: reached } };
    const found = await collection.find(older, { projection }).sort({ _id: -1 }).limit(batch).toArray();
    for (const document of found) await fields.refresh(document.tenantId, toState(document));
    return found.length < batch ? undefined : found.at(-1)?._id;
  };

  return async () => {
    const progress = await stored();
    if (progress.scheme > scheme || progress.roundsLeft === 0) return true;
    if (progress.dueAt > clock.now()) return false;
    let { reached } = progress;
    for (let done = 0; done < steps; done++) {
      reached = await step(reached);
      if (reached === undefined) {
        const later = { roundsLeft: progress.roundsLeft - 1, dueAt: new Date(clock.now().getTime() + HOUR_MS) };
        await progresses.updateOne(mine, { $set: later, $unset: { reached: '' } });
        return later.roundsLeft === 0;
      }
      await progresses.updateOne(mine, { $set: { reached } });
    }
    return false;
  };
};

/**
 * Brings derived fields of stored entities in line with a new way of making them: in steps, newest entities first, and over
 * crashes and restarts. The function is for a job, which one instance runs at a time; once all is done it asks the database
 * nothing. See docs/adr/0032-one-way-to-make-words.md.
 */
export const createDerivedUpkeep = (options: Options, derived: readonly RefreshDerived[]): (() => Promise<void>) => {
  const left = new Map(derived.map((fields) => [fields.collection, createWalk(options, fields)]));
  return async () => {
    for (const [name, walk] of left) if (await walk()) left.delete(name);
  };
};
