import type { Replicated } from '@riparo/shared/persistence/replica';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { By } from '../part/stock/stock-change.js';
import { isFinished, type WorkReport } from '../replica/work-report.js';
import { readOdometer, type Vehicle } from './vehicle.js';

/** Raises the kilometres of a vehicle to what a finished report read; there is nothing to do the second time. */
export type FollowOdometer = (tenantId: string, report: WorkReport & Replicated, by: By) => Promise<void>;

export const createFollowOdometer =
  (vehicles: Repository<Vehicle>): FollowOdometer =>
  async (tenantId, report, by) => {
    const { vehicleId, odometer, endedAt = report.startedAt } = report;
    if (vehicleId === undefined || odometer === undefined || !isFinished(report)) return;
    await vehicles.in(tenantId).update(vehicleId, (vehicle) => readOdometer(vehicle, { km: odometer.end, at: endedAt }, by));
  };
