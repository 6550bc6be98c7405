import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { begin, newRebuild, viewRebuild, type Rebuild } from './rebuild.js';

/** Figures and histories of devices are made anew from their source, while everything goes on. */
export const startRebuild =
  ({ rebuilds }: { readonly rebuilds: Repository<Rebuild> }) =>
  async ({ caller: { tenantId, userId }, now }: Call): Promise<Reply> => {
    const tenant = rebuilds.in(tenantId);
    const inserted = await tenant.insert(newRebuild(tenantId, now, userId));
    const rebuild = await tenant.update(tenantId, (before) => begin(before, now, userId));
    return accepted(viewRebuild(rebuild ?? inserted), 'The copies are being made anew.');
  };
