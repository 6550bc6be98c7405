import type { InternalClient } from '../http/internal-client.js';
import type { AcrossTenants } from '../persistence/across-tenants.js';
import type { Repository } from '../persistence/repository.js';
import type { Clock } from '../runtime/clock.js';
import type { Position, Rebuild, RebuildRules } from './rebuild.js';

interface PageAsk {
  readonly tenantId: string;
  readonly after: string | undefined;
  /** What does not belong goes if it is older. */
  readonly wrongBefore: Date;
}

/** Makes the next page of a phase anew; without `last` the phase is over. */
export type RestorePage = (ask: PageAsk) => Promise<{ readonly count: number; readonly last: string | undefined }>;

export interface RunRebuildsDeps<P extends string, C extends string> {
  readonly rebuilds: Repository<Rebuild<P, C>>;
  readonly rebuildRules: RebuildRules<P, C>;
  /** How each kind of thing is made anew. */
  readonly phases: Readonly<Record<P, RestorePage>>;
  readonly openRebuilds: AcrossTenants;
  readonly clock: Clock;
}

const isOpen = ({ open }: Pick<Rebuild, 'open'>): boolean => open;

const TENANTS = 1_000;
/** Events take no longer than this from their source to this service; in ms. */
const ON_THE_WAY_MS = 5 * 60_000;

/** The job that works off rebuilds page by page; one that was interrupted goes on after its last whole page. */
export const createRunRebuilds = <P extends string, C extends string>(deps: RunRebuildsDeps<P, C>): (() => Promise<void>) => {
  const { rebuilds, rebuildRules, phases, openRebuilds, clock } = deps;

  const work = async (tenantId: string): Promise<void> => {
    const tenant = rebuilds.in(tenantId);
    let rebuild = await tenant.find(tenantId);
    while (rebuild !== undefined && isOpen(rebuild)) {
      const wrongBefore = new Date(clock.now().getTime() - ON_THE_WAY_MS);
      const from: Position<P> = rebuild;
      const { count, last } = await phases[from.phase]({ tenantId, after: from.after, wrongBefore });
      rebuild = await tenant.update(tenantId, (before) =>
        last === undefined ? rebuildRules.endPhase(before, from, clock.now()) : rebuildRules.advance(before, from, last, count),
      );
    }
  };

  return async () => {
    for (const { tenantId } of await openRebuilds.find({ open: true }, TENANTS)) await work(tenantId);
  };
};

const PAGE = 50;

interface Source<T> {
  readonly path: string;
  readonly idOf: (told: T) => string;
  readonly restore: (tenantId: string, told: T, wrongBefore: Date) => Promise<void>;
}

/** Asks the owner for the next page and makes the copies of it anew. */
export const pageFrom =
  <T>(owner: InternalClient, { path, idOf, restore }: Source<T>): RestorePage =>
  async ({ tenantId, after, wrongBefore }) => {
    const query = new URLSearchParams({ tenantId, limit: String(PAGE), ...(after === undefined ? {} : { after }) });
    const page = await owner.get<readonly T[]>(`${path}?${query.toString()}`);
    for (const told of page) await restore(tenantId, told, wrongBefore);
    const last = page.at(-1);
    return { count: page.length, last: last === undefined ? undefined : idOf(last) };
  };
