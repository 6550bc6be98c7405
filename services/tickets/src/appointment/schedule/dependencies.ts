import type { AppointmentDeps } from '../dependencies.js';
import type { ReadDiaries } from '../booking/read-diaries.js';
import type { TicketPlaces } from '../../assignment/places.js';
import type { Technicians } from '../../technician/technician.repository.js';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { RulesOf } from '../../kernel/tenant-rules.js';

/** Dependencies of the schedule use cases; each use case names the few that it needs. */
export interface ScheduleDeps extends Pick<
  AppointmentDeps,
  'appointments' | 'tickets' | 'repairs' | 'replicas' | 'assetLookup' | 'planner' | 'findCandidates' | 'travelTimes' | 'recheckBooking'
> {
  readonly technicians: Technicians;
  readonly readDiaries: ReadDiaries;
  readonly rulesOf: RulesOf;
  readonly places: TicketPlaces;
  /** Finds a technician over all tenants: a private calendar address names no tenant. */
  readonly feeds: AcrossTenants;
  readonly publicUrl: string;
}
