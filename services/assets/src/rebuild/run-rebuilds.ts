import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { createPhases, type PhaseDeps } from './phases.js';
import { advance, endPhase, type Position, type Rebuild } from './rebuild.js';

export interface RunRebuildsDeps extends PhaseDeps {
  readonly rebuilds: Repository<Rebuild>;
  readonly openRebuilds: AcrossTenants;
  readonly clock: Clock;
}

const TENANTS = 1_000;
/** Events take no longer than this from their source to this service; in ms. */
const ON_THE_WAY_MS = 5 * 60_000;

/** The job that works off rebuilds page by page; one that was interrupted goes on after its last whole page. */
export const createRunRebuilds = (deps: RunRebuildsDeps): (() => Promise<void>) => {
  const { rebuilds, openRebuilds, clock } = deps;
  const phases = createPhases(deps);

  const work = async (tenantId: string): Promise<void> => {
    const tenant = rebuilds.in(tenantId);
    let rebuild = await tenant.find(tenantId);
    while (rebuild?.open === true) {
      const wrongBefore = new Date(clock.now().getTime() - ON_THE_WAY_MS);
      const from: Position = rebuild;
      const { count, last } = await phases[from.phase]({ tenantId, after: from.after, wrongBefore });
      rebuild = await tenant.update(tenantId, (before) =>
        last === undefined ? endPhase(before, from, clock.now()) : advance(before, from, last, count),
      );
    }
  };

  return async () => {
    for (const { tenantId } of await openRebuilds.find({ open: true }, TENANTS)) await work(tenantId);
  };
};
