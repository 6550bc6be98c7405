import { momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import { stampOf } from '../../conversation/stamp.js';
import type { TermsOf } from '../../kernel/centre-terms.js';
import { forEachDue } from '../../kernel/for-each-due.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { Repairs } from '../repair.repository.js';
import { lookAfter } from './decide-pickup.js';

export interface LookAfterDeps {
  readonly repairs: Repairs;
  /** Repairs of all tenants with a moment to look after them. */
  readonly waiting: AcrossTenants;
  readonly rulesOf: RulesOf;
  readonly termsOf: TermsOf;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
}

export const LOOK_INDEX = momentIndex('pickupLookAt');

/** The job that looks after devices which nobody collects. What is due is decided in the write, so several instances do it once. */
export const lookAfterPickups = (deps: LookAfterDeps) => (): Promise<void> =>
  forEachDue({ everywhere: deps.waiting, clock: deps.clock, log: deps.log }, 'pickupLookAt', async ({ tenantId, id }, now) => {
    const [{ timeZone }, { vatRate, language }] = await Promise.all([deps.rulesOf(tenantId), deps.termsOf(tenantId)]);
    const stamp = stampOf({ now, ids: deps.ids });
    await deps.repairs.in(tenantId).update(id, (before) => lookAfter(before, stamp, { timeZone, vatRate, language }));
  });
