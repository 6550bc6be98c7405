import { groupBy } from '../collect.js';
import { timeStatistics, type TimeStatistics } from '../statistics.js';
import type { TicketOutcome } from './outcome.js';

/** One ticket that was resolved, as a report lists it. */
export interface ResolvedTicket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly resolvedAt: Date;
  readonly minutes: number;
}

export interface TechnicianResult {
  /** `null`: resolved by nobody in particular. */
  readonly technicianId: string | null;
  readonly name: string;
  /** Tickets, each counted once, for whoever resolved it last within the period. */
  readonly resolved: number;
  /** Of all their resolutions in the period, those that were reopened within it. */
  readonly reopened: number;
  readonly resolution: TimeStatistics;
  readonly slaKept: number;
  readonly slaBreached: number;
  /** The newest of them. */
  readonly tickets: readonly ResolvedTicket[];
}

/** How many tickets are listed per technician. */
export const LISTED_TICKETS = 50;
const NOBODY = 'Nobody in particular';

/** Follows the outcomes of a period, in order of time, and says at its end who resolved what. */
export interface Results {
  add(outcome: TicketOutcome): void;
  /** The last resolution of each ticket. */
  resolutions(): readonly TicketOutcome[];
  /** Whose names `byTechnician` needs. */
  technicianIds(): readonly string[];
  byTechnician(names: ReadonlyMap<string, { readonly name: string }>): readonly TechnicianResult[];
  readonly counts: { readonly resolved: number; readonly closed: number; readonly reopened: number };
}

export const createResults = (): Results => {
  const last = new Map<string, TicketOutcome>();
  const reopenedOf = new Map<string, number>();
  const counts = { resolved: 0, closed: 0, reopened: 0 };

  const noteReopening = ({ ticketId }: TicketOutcome): void => {
    const undone = last.get(ticketId);
    if (undone === undefined) return;
    const technician = undone.technicianId ?? '';
    reopenedOf.set(technician, (reopenedOf.get(technician) ?? 0) + 1);
  };

  return {
    counts,
    add: (outcome) => {
      if (outcome.type === 'CLOSED') counts.closed++;
      if (outcome.type === 'REOPENED') {
        counts.reopened++;
        noteReopening(outcome);
      }
      if (outcome.type !== 'RESOLVED') return;
      const before = last.get(outcome.ticketId);
      if (before === undefined || before.version < outcome.version) last.set(outcome.ticketId, outcome);
      counts.resolved = last.size;
    },
    resolutions: () => [...last.values()],
    technicianIds: () => [...[...last.values()].flatMap(({ technicianId }) => technicianId ?? []), ...reopenedOf.keys()],
    byTechnician: (names) => {
      const groups = groupBy(last.values(), ({ technicianId }) => technicianId ?? '');
      // Somebody whose every resolution was taken over by another still has had them reopened.
      for (const technician of reopenedOf.keys()) if (!groups.has(technician)) groups.set(technician, []);
      return [...groups]
        .map(([technician, theirs]) => resultOf(technician, theirs, reopenedOf.get(technician) ?? 0, names))
        .sort((a, b) => b.resolved - a.resolved || a.name.localeCompare(b.name));
    },
  };
};

const resultOf = (
  technician: string,
  outcomes: readonly TicketOutcome[],
  reopened: number,
  names: ReadonlyMap<string, { readonly name: string }>,
): TechnicianResult => ({
  technicianId: technician === '' ? null : technician,
  name: technician === '' ? NOBODY : (names.get(technician)?.name ?? technician),
  resolved: outcomes.length,
  reopened,
  resolution: timeStatistics(outcomes.map(({ minutes }) => minutes)),
  slaKept: outcomes.filter(({ sla }) => sla === 'KEPT').length,
  slaBreached: outcomes.filter(({ sla }) => sla === 'BREACHED').length,
  tickets: outcomes
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LISTED_TICKETS)
    .map(({ ticketId, ticketNumber, title, at, minutes }) => ({
      id: ticketId,
      ticketNumber,
      title,
      resolvedAt: at,
      minutes: Math.round(minutes),
    })),
});
