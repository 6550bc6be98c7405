import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { viewRebuild, type Rebuild } from './rebuild.js';

export const getRebuild =
  ({ rebuilds }: { readonly rebuilds: Repository<Rebuild> }) =>
  async ({ caller: { tenantId } }: Call): Promise<Reply> => {
    const rebuild = await rebuilds.in(tenantId).find(tenantId);
    if (rebuild === undefined) throw notFound('rebuild');
    return ok(viewRebuild(rebuild));
  };
