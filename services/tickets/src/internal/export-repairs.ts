import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { RepairStep, ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { ExportQuery } from '@riparo/shared/rebuild/export-page';
import type { Repairs } from '../repair/repair.repository.js';
import { published } from '../repair/published-repair.js';
import type { Activity } from '../conversation/timeline.js';
import { pageById } from './page-by-id.js';

interface Metadata {
  readonly from?: string;
  readonly to?: string;
}

const stepOf = ({ type, metadata = {}, createdAt, authorUserId }: Activity): readonly RepairStep[] => {
  const { from, to } = metadata as Metadata;
  const common = { at: createdAt.toISOString(), ...(authorUserId === undefined ? {} : { actorUserId: authorUserId }) };
  if (to === undefined || to === from) return [];
  if (type === 'ASSIGNMENT') return [{ ...common, kind: 'ASSIGNED', technicianId: to }];
  return type === 'STATUS_CHANGE' ? [{ ...common, kind: 'STATUS_CHANGED', from: from as RepairStatus, to: to as RepairStatus }] : [];
};

/** All repairs with their steps, by id, for services that rebuild their replicas. */
export const exportRepairs =
  ({ repairs }: { readonly repairs: Repairs }) =>
  async ({ query }: PublicCall<unknown, ExportQuery>): Promise<Reply> =>
    ok(
      await pageById(repairs.in(query.tenantId), query, (whole): ExportedRepair => ({
        repair: published(whole),
        version: whole.version,
        steps: whole.activities.flatMap(stepOf),
      })),
    );
