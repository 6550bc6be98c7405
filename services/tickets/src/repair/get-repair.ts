import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { RepairCall } from './change.js';
import type { RepairDeps } from './deps.js';
import { seen } from './repair.access.js';
import { viewRepair } from './repair.view.js';

/** `GET /repairs/:id`. */
export const getRepair =
  ({ repairs, replicas }: Pick<RepairDeps, 'repairs' | 'replicas'>) =>
  async ({ caller, params: { id } }: RepairCall): Promise<Reply> =>
    ok(await viewRepair(replicas, caller, seen(caller, await repairs.in(caller.tenantId).find(id))));
