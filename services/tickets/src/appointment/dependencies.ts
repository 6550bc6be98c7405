import { type AcrossTenants, createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TicketsConfig } from '../config.js';
import type { GiveBackRepairs } from '../repair/give-back-repairs.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { createTravel } from './travel/create-travel.js';
import { type Appointments, createAppointments } from './appointment.repository.js';
import { type FindCandidates, createCandidates } from './booking/candidates.js';
import { type Planner, createPlanner } from './booking/planner.js';
import { createDiaryLines } from './booking/diary-lines.js';
import { createReadDiaries, createReadVehicleDiary } from './booking/read-diaries.js';
import { type BookVehicle, createBookVehicle } from './vehicle/book-vehicle.js';
import { createVisitsFollow } from './vehicle/visits-follow.js';
import { type AppointmentRules, appointmentRulesOf } from './rules.js';
import { type RecheckBooking, createRecheckBooking } from './booking/recheck-booking.js';
import { type BookTurn, createBookTurn } from './booking/book-turn.js';
import { createTurns } from './booking/turns.js';
import { type WorkDeps, workOfRepair, workOfTicket } from './work.js';
import { createGiveBackAppointments, runGiveBack } from './give-back.js';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Repairs } from '../repair/repair.repository.js';
import { createJourneyTo } from './travel/journey.js';
import type { TravelTimes } from './travel/travel-times.js';
import { createAppointmentOf } from './appointment-of.js';
import { createBookPreferred } from './booking/book-preferred.js';

/** Dependencies of the appointment use cases; each use case names the few that it needs. */
export interface AppointmentDeps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup' | 'rulesOf'> {
  readonly repairs: Repairs;
  readonly appointments: Appointments;
  readonly findCandidates: FindCandidates;
  readonly planner: Planner;
  readonly travelTimes: TravelTimes;
  readonly bookTurn: BookTurn;
  readonly bookVehicle: BookVehicle;
  readonly recheckBooking: RecheckBooking;
  readonly rules: AppointmentRules;
  readonly clock: Clock;
  readonly links: SignedLinks;
}

interface Below extends Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup' | 'rulesOf'>, WorkDeps {
  readonly technicians: Technicians;
  /** Technicians of all tenants. */
  readonly everyone: AcrossTenants;
  readonly giveBackRepairs: GiveBackRepairs;
}

/** Creates booking: candidates, their diaries, and the one write that takes a turn. */
export const createAppointmentDependencies = (platform: Platform, config: TicketsConfig, below: Below) => {
  const { clock, log, links } = platform;
  const { technicians, tickets, repairs, replicas, rulesOf, everyone } = below;
  const rules = appointmentRulesOf(config);
  const appointments = createAppointments(platform);
  const readDiaries = createReadDiaries({ appointments, rulesOf });
  const travelTimes = createTravel(platform, config);
  const planner = createPlanner({ readDiaries, readVehicleDiary: createReadVehicleDiary({ appointments }), travelTimes, rulesOf, rules });
  const turnDeps = { planner, turns: createTurns(appointments), lines: createDiaryLines() };
  const deps: AppointmentDeps = {
    ...below,
    appointments,
    rules,
    clock,
    links,
    planner,
    travelTimes,
    findCandidates: createCandidates({ ...below, dropOffPlaces: rules.dropOffPlaces }),
    bookTurn: createBookTurn(turnDeps),
    bookVehicle: createBookVehicle(turnDeps),
    recheckBooking: createRecheckBooking({ appointments, technicians, tickets, repairs, replicas, clock }),
  };
  const dueReminders = createAcrossTenants(platform, 'appointments', [momentIndex('reminderAt')]);
  const giveBackAppointments = createGiveBackAppointments({ appointments, clock });
  return {
    ...deps,
    readDiaries,
    journeyTo: createJourneyTo({ appointments, travelTimes, rulesOf, replicas }),
    giveBackAppointments,
    giveBackFromLeavers: runGiveBack({ everyone }, [giveBackAppointments, below.giveBackRepairs]),
    reminders: { appointments, recheckBooking: deps.recheckBooking, clock, log, dueReminders },
    appointmentOf: createAppointmentOf({ appointments, replicas }),
    visitsFollow: createVisitsFollow(deps),
    bookForTicket: createBookPreferred(deps, workOfTicket),
    bookForRepair: createBookPreferred(deps, workOfRepair),
    appointmentStores: [appointments, dueReminders],
  };
};
