import { notFound } from '../errors/common-errors.js';
import { accepted, ok } from '../http/reply.js';
import type { Call, Reply } from '../http/route.js';
import type { Repository } from '../persistence/repository.js';
import type { Rebuild, RebuildRules } from './rebuild.js';

interface Deps<P extends string, C extends string> {
  readonly rebuilds: Repository<Rebuild<P, C>>;
  readonly rebuildRules: RebuildRules<P, C>;
}

/** What is copied from others is made anew from its source, while everything goes on. */
export const startRebuild =
  <P extends string, C extends string>({ rebuilds, rebuildRules: { newRebuild, begin, view } }: Deps<P, C>) =>
  async ({ caller: { tenantId, userId }, now }: Call): Promise<Reply> => {
    const tenant = rebuilds.in(tenantId);
    const inserted = await tenant.insert(newRebuild(tenantId, now, userId));
    const rebuild = await tenant.update(tenantId, (before) => begin(before, now, userId));
    return accepted(view(rebuild ?? inserted), 'The copies are being made anew.');
  };

/** How far the last rebuild is. */
export const getRebuild =
  <P extends string, C extends string>({ rebuilds, rebuildRules: { view } }: Deps<P, C>) =>
  async ({ caller: { tenantId } }: Call): Promise<Reply> => {
    const rebuild = await rebuilds.in(tenantId).find(tenantId);
    if (rebuild === undefined) throw notFound('rebuild');
    return ok(view(rebuild));
  };
