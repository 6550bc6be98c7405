import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Repairs } from '../repair/repair.repository.js';
import type { TicketDeps } from '../ticket/deps.js';
import type { TravelTimes } from './travel/travel-times.js';
import type { Appointments } from './appointment.repository.js';
import type { FindCandidates } from './booking/candidates.js';
import type { Planner } from './booking/planner.js';
import type { AppointmentRules } from './rules.js';
import type { RecheckBooking } from './booking/recheck-booking.js';
import type { BookTurn } from './booking/book-turn.js';

/** What use cases about appointments are made from; each names the few it needs. */
export interface AppointmentDeps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup'> {
  readonly repairs: Repairs;
  readonly appointments: Appointments;
  readonly findCandidates: FindCandidates;
  readonly planner: Planner;
  readonly travelTimes: TravelTimes;
  readonly bookTurn: BookTurn;
  readonly recheckBooking: RecheckBooking;
  readonly rules: AppointmentRules;
  readonly clock: Clock;
  readonly links: SignedLinks;
}
