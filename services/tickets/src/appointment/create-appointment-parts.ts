import { createAcrossTenants, momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TicketsConfig } from '../config.js';
import type { GiveBackRepairs } from '../repair/give-back-repairs.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { TicketDeps } from '../ticket/deps.js';
import { createTravel } from './travel/create-travel.js';
import { createAppointments } from './appointment.repository.js';
import { createCandidates } from './booking/candidates.js';
import type { AppointmentDeps } from './deps.js';
import { createPlanner } from './booking/planner.js';
import { createReadDiaries } from './booking/read-diaries.js';
import { appointmentRulesOf } from './rules.js';
import { createRecheckBooking } from './booking/recheck-booking.js';
import { createBookTurn } from './booking/book-turn.js';
import { createTurns } from './booking/turns.js';
import type { WorkDeps } from './work.js';
import { createGiveBackAppointments, runGiveBack } from './give-back.js';
import { runReminders } from './remind.js';

export interface AppointmentNeeds extends Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup' | 'rulesOf'>, WorkDeps {
  readonly technicians: Technicians;
  /** Technicians of all tenants. */
  readonly everyone: AcrossTenants;
  readonly giveBackRepairs: GiveBackRepairs;
}

/** Wires booking: who could do it, what their diaries say, and the one write that takes a place. */
export const createAppointmentParts = (platform: Platform, config: TicketsConfig, needs: AppointmentNeeds) => {
  const { clock, log, links } = platform;
  const { technicians, tickets, repairs, rulesOf } = needs;
  const rules = appointmentRulesOf(config);
  const appointments = createAppointments(platform);
  const readDiaries = createReadDiaries({ appointments, rulesOf });
  const travelTimes = createTravel(platform, config);
  const planner = createPlanner({ readDiaries, travelTimes, rulesOf, rules });
  const deps: AppointmentDeps = {
    ...needs,
    appointments,
    rules,
    clock,
    links,
    planner,
    travelTimes,
    findCandidates: createCandidates({ ...needs, dropOffPlaces: rules.dropOffPlaces }),
    bookTurn: createBookTurn({ planner, turns: createTurns(appointments) }),
    recheckBooking: createRecheckBooking({ appointments, technicians, tickets, repairs, clock }),
  };
  const dueReminders = createAcrossTenants(platform, 'appointments', [momentIndex('reminderAt')]);
  const tend = { appointments, tickets, recheckBooking: deps.recheckBooking, clock, log, dueReminders, everyone: needs.everyone };
  const giveBackAll = createGiveBackAppointments(tend);
  return {
    deps,
    readDiaries,
    giveBackAll,
    repositories: [appointments, dueReminders],
    jobs: [
      { name: 'appointment-reminders', cron: config.TICKET_CLOCK_CRON, run: runReminders(tend) },
      { name: 'work-of-leavers', cron: '30 */5 * * * *', run: runGiveBack(tend, [giveBackAll, needs.giveBackRepairs]) },
    ],
  };
};
