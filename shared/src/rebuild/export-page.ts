import type { Connection } from 'mongoose';
import Joi from 'joi';
import { DEFAULT_TENANT } from '../contracts/caller.js';
import { ok } from '../http/reply.js';
import type { PublicCall, Reply } from '../http/route.js';
import { collectionOf } from '../persistence/collection.js';
import { toState, type StoredDocument } from '../persistence/documents.js';
import type { Entity } from '../persistence/repository.js';

/** How a service asks for the next page of everything that another one has. */
export interface ExportQuery {
  readonly tenantId: string;
  /** The last id of the previous page. */
  readonly after?: string;
  readonly limit: number;
}

/** Ids are UUIDs, but for things that a tenant has once: their id is the tenant's. */
const LONGEST_ID = 64;

export const exportInput = {
  query: Joi.object<ExportQuery>({
    tenantId: Joi.string().max(LONGEST_ID).default(DEFAULT_TENANT),
    after: Joi.string().max(LONGEST_ID),
    limit: Joi.number().integer().min(1).max(200).default(100),
  }),
};

/** Answers a page of an export. */
export type ExportThings = (call: PublicCall<unknown, ExportQuery>) => Promise<Reply>;

interface Exported<S, T> {
  readonly connection: Connection;
  readonly collection: string;
  /** Fields that are not needed and can be long. */
  readonly leaveOut?: readonly (keyof S & string)[];
  /** One for each thing, in their order: a page without any is the end. */
  readonly tell: (things: readonly S[], tenantId: string) => readonly T[] | Promise<readonly T[]>;
}

/** Everything of a collection by id, for services that make their copies anew. Removed things are told too: copies keep them. */
export const createExport = <S extends Pick<Entity, 'id'>, T>({
  connection,
  collection,
  leaveOut = [],
  tell,
}: Exported<S, T>): ExportThings => {
  const documents = collectionOf<StoredDocument>(connection, collection);
  const projection = Object.fromEntries(['outbox', 'told', ...leaveOut].map((field) => [field, 0]));
  return async ({ query: { tenantId, after, limit } }) => {
    const filter = { tenantId, ...(after === undefined ? {} : { _id: { $gt: after } }) };
    const found = await documents.find(filter, { projection }).sort({ _id: 1 }).limit(limit).toArray();
    return ok(
      await tell(
        found.map((document) => toState<S & Entity>(document)),
        tenantId,
      ),
    );
  };
};
