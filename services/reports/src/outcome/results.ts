import { groupBy } from '../collect.js';
import type { Cells } from '../counting/contribution.js';
import { partsOf, type Sums } from '../counting/figures.js';
import { createCountedValues, statisticsOf, sumCell } from '../counting/times.js';
import type { TimeStatistics } from '../statistics.js';
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

export interface SlaCount {
  readonly kept: number;
  readonly breached: number;
}

/** Who resolved what in a period, as `ticket-contribution.ts` counts it. `''` is nobody in particular. */
export interface Results {
  readonly counts: { readonly resolved: number; readonly closed: number; readonly reopened: number };
  readonly resolution: TimeStatistics;
  readonly sla: SlaCount;
  /** How many tickets each technician resolved; none of those whose resolutions were only undone. */
  readonly resolvedOf: ReadonlyMap<string, number>;
  /** Whose names `byTechnician` needs. */
  readonly technicianIds: readonly string[];
  /** `newest` has the tickets to list. */
  byTechnician(names: ReadonlyMap<string, { readonly name: string }>, newest: readonly TicketOutcome[]): readonly TechnicianResult[];
}

const RESOLVED = 'resolved|';

/** Of what a day counts. */
export const resolvedOfDay = (counts: Cells): number =>
  Object.entries(counts).reduce((sum, [name, count]) => (name.startsWith(RESOLVED) ? sum + count : sum), 0);

/** What each technician has of a figure. */
const byTechnicianOf = ({ counts }: Sums, figure: string): ReadonlyMap<string, number> =>
  new Map(
    [...counts].flatMap(([name, count]) => {
      const [named, technician = ''] = partsOf(name);
      return named === figure && count !== 0 ? [[technician, count] as const] : [];
    }),
  );

const sumOf = (figures: ReadonlyMap<string, number>): number => [...figures.values()].reduce((sum, count) => sum + count, 0);

const listedOf = (outcomes: readonly TicketOutcome[]): readonly ResolvedTicket[] =>
  outcomes
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LISTED_TICKETS)
    .map(({ ticketId, ticketNumber, title, at, minutes }) => ({
      ...{ id: ticketId, ticketNumber, title },
      resolvedAt: at,
      minutes: Math.round(minutes),
    }));

/** How long all resolutions took. */
const allTimesOf = ({ times, counts }: Sums, technicians: Iterable<string>): TimeStatistics => {
  const [all, names] = [createCountedValues(), [...technicians].map((technician) => `resolution|${technician}`)];
  for (const name of names) {
    const some = times.get(name);
    if (some !== undefined) all.addAll(some);
  }
  return statisticsOf(
    all,
    names.reduce((sum, name) => sum + (counts.get(sumCell(name)) ?? 0), 0),
  );
};

export const timesOf = ({ times, counts }: Sums, name: string): TimeStatistics =>
  statisticsOf(times.get(name) ?? createCountedValues(), counts.get(sumCell(name)) ?? 0);

export const resultsOf = (sums: Sums): Results => {
  const [resolvedOf, undoneOf] = [byTechnicianOf(sums, 'resolved'), byTechnicianOf(sums, 'undone')];
  const [keptOf, breachedOf] = [byTechnicianOf(sums, 'KEPT'), byTechnicianOf(sums, 'BREACHED')];
  // Somebody whose every resolution was taken over by another still has had them reopened.
  const technicianIds = [...new Set([...resolvedOf.keys(), ...undoneOf.keys()])];
  const count = (name: string): number => sums.counts.get(name) ?? 0;
  return {
    counts: { resolved: sumOf(resolvedOf), closed: count('closed'), reopened: count('reopened') },
    resolution: allTimesOf(sums, resolvedOf.keys()),
    sla: { kept: sumOf(keptOf), breached: sumOf(breachedOf) },
    resolvedOf,
    technicianIds,
    byTechnician: (names, newest) => {
      const listOf = groupBy(newest, ({ technicianId }) => technicianId ?? '');
      return technicianIds
        .map((technician) => ({
          technicianId: technician === '' ? null : technician,
          name: technician === '' ? NOBODY : (names.get(technician)?.name ?? technician),
          resolved: resolvedOf.get(technician) ?? 0,
          reopened: undoneOf.get(technician) ?? 0,
          resolution: timesOf(sums, `resolution|${technician}`),
          slaKept: keptOf.get(technician) ?? 0,
          slaBreached: breachedOf.get(technician) ?? 0,
          tickets: listedOf(listOf.get(technician) ?? []),
        }))
        .sort((a, b) => b.resolved - a.resolved || a.name.localeCompare(b.name));
    },
  };
};
