import type { Document, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Contribution } from './contribution.js';
import type { DayOf } from './days.js';
import { notCounted } from './marking.js';

/** A stored thing that says that it is not counted yet, and with which mark. */
export interface Mark {
  readonly collection: string;
  readonly id: string;
  readonly uncounted: string;
}

/** A moment or a text that counting finds out about a stored thing and writes down with it. Without either there is none any more. */
export interface Note {
  readonly collection: string;
  readonly id: string;
  readonly field: string;
  /** In milliseconds since 1970. */
  readonly moment?: number;
  readonly text?: string;
}

/** Something that is to be counted, as it is stored now. */
export interface Countable {
  readonly id: string;
  /** To be taken away once it is counted. */
  readonly marks: readonly Mark[];
  readonly notes?: readonly Note[];
  contribution(dayOf: DayOf): Contribution;
}

/** What is counted together, each on sheets of its own. */
export interface Subject {
  readonly name: string;
  /** Goes up when things are counted in another way: then all sheets are made anew. */
  readonly scheme: number;
  readonly collections: readonly string[];
  /** Some that are not counted as they are now. */
  uncounted(tenantId: string, limit: number): Promise<readonly Countable[]>;
  /** The next ones by id, counted or not. */
  page(tenantId: string, after: string, limit: number): Promise<readonly Countable[]>;
}

export interface Stored extends Document {
  readonly _id: string;
  readonly tenantId: string;
  readonly uncounted?: string;
}

/** Tells what is read for adding up, at any time, from what a request reads. */
export const COMMENT = 'adding up';

export const marksOf = (collection: string, { _id, uncounted }: Stored): readonly Mark[] =>
  uncounted === undefined ? [] : [{ collection, id: _id, uncounted }];

interface Simple<S> {
  readonly name: string;
  readonly scheme: number;
  readonly collection: string;
  /** The fields that the contribution is made from. */
  readonly fields: readonly (keyof S & string)[];
  readonly contributionOf: (stored: S, dayOf: DayOf) => Contribution;
}

/** A subject whose things are each one document. */
export const createSubject = <S extends object>(connection: Connection, subject: Simple<S>): Subject => {
  const { name, scheme, collection: of, fields, contributionOf } = subject;
  const collection = collectionOf<Stored>(connection, of);
  const projection = Object.fromEntries(['tenantId', 'uncounted', ...fields].map((field) => [field, 1]));
  const read = async (filter: Filter<Stored>, limit: number): Promise<readonly Countable[]> => {
    const found = await collection.find(filter, { projection, comment: COMMENT }).limit(limit).toArray();
    return found.map((stored) => ({
      id: stored._id,
      marks: marksOf(of, stored),
      contribution: (dayOf) => contributionOf(stored as unknown as S, dayOf),
    }));
  };
  return {
    name,
    scheme,
    collections: [of],
    uncounted: (tenantId, limit) => read(notCounted(tenantId), limit),
    page: async (tenantId, after, limit) => {
      const found = await collection
        .find({ _id: { $gt: after }, tenantId }, { projection: { _id: 1 }, comment: COMMENT })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.length === 0 ? [] : read({ _id: { $in: found.map(({ _id }) => _id) }, tenantId }, limit);
    },
  };
};
