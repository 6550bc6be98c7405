import type { Connection } from 'mongoose';
import { IN_USE } from '../asset/asset.js';

/** How many devices plans have, by plan, in one read. */
export type FindCoveredCounts = (tenantId: string, planIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

export const createFindCoveredCounts =
  (connection: Connection): FindCoveredCounts =>
  async (tenantId, planIds) => {
    if (planIds.length === 0) return new Map();
    const rows = await connection
      .collection('assets')
      .aggregate<{ _id: string; count: number }>([
        { $match: { tenantId, servicePlanId: { $in: planIds }, status: { $in: IN_USE } } },
        { $group: { _id: '$servicePlanId', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  };
