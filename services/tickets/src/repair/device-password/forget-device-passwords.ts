import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { DAY_MS } from '@riparo/shared/time/units';
import type { IndexDescription } from 'mongodb';
import { stampOf, type Stamp } from '../../conversation/stamp.js';
import { applyChange } from '../apply-change.js';
import type { RepairDecision, RepairState } from '../repair.js';
import type { Repairs } from '../repair.repository.js';

interface Deps {
  readonly repairs: Repairs;
  /** Repairs of all tenants that have a device password. */
  readonly withPassword: AcrossTenants;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** For how many days after the intake a device password is kept at most. */
  readonly keptDays: number;
}

/** Only repairs with a device password are in the index. */
export const PASSWORD_INDEX: IndexDescription = {
  key: { createdAt: 1 },
  name: 'device_password',
  partialFilterExpression: { devicePassword: { $exists: true } },
};

const BATCH = 200;

const forget = (before: RepairState, stamp: Stamp): RepairDecision =>
  before.devicePassword === undefined
    ? { state: before }
    : applyChange(
        before,
        { state: { devicePassword: undefined }, entries: [{ type: 'SYSTEM', body: 'Device password forgotten' }] },
        stamp,
      );

/**
 * The job that forgets device passwords which nobody needs any more. A repair loses its password in the write that ends it;
 * this finds repairs that are open for very long, and those that earlier versions ended without forgetting.
 */
export const forgetDevicePasswords =
  ({ repairs, withPassword, clock, ids, keptDays }: Deps) =>
  async (): Promise<void> => {
    const oldest = new Date(clock.now().getTime() - keptDays * DAY_MS);
    const hasPassword = { devicePassword: { $exists: true } };
    const ended = await withPassword.find({ ...hasPassword, active: false }, BATCH);
    const old = await withPassword.find({ ...hasPassword, createdAt: { $lt: oldest } }, BATCH);
    for (const { tenantId, id } of [...ended, ...old])
      await repairs.in(tenantId).update(id, (before) => forget(before, stampOf({ now: clock.now(), ids })));
  };
