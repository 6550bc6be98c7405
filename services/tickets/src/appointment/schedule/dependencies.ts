import type { AppointmentDeps } from '../dependencies.js';
import type { ReadDiaries } from '../booking/read-diaries.js';
import type { TicketPlaces } from '../../assignment/places.js';
import type { Technicians } from '../../technician/technician.repository.js';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { RulesOf } from '../../kernel/tenant-rules.js';

/** What use cases about schedules are made from; each names the few it needs. */
export interface ScheduleDeps extends Pick<
  AppointmentDeps,
  'appointments' | 'tickets' | 'repairs' | 'replicas' | 'assetLookup' | 'planner' | 'findCandidates' | 'travelTimes'
> {
  readonly technicians: Technicians;
  readonly readDiaries: ReadDiaries;
  readonly rulesOf: RulesOf;
  readonly places: TicketPlaces;
  /** Technicians of all tenants: a private address names no tenant. */
  readonly feeds: AcrossTenants;
  readonly publicUrl: string;
}
