import type { Clock } from '@riparo/shared/runtime/clock';
import type { Replicas } from '../replica/replicas.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { chooseTechnician, mayHave, type Choice } from '../technician/choose-technician.js';
import { describeNeed, withHistory, type Errand } from './describe-need.js';
import { holds, occupy, release, reserve, type Technician } from '../technician/technician.js';
import type { Technicians } from '../technician/technician.repository.js';
import { backAt } from '../technician/time-off.js';

export interface AssignerDeps {
  readonly tickets: Tickets;
  readonly technicians: Technicians;
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
  readonly clock: Clock;
}

/**
 * Keeps technicians' seats in step with their tickets. A seat is taken by one guarded write before the ticket is
 * written, so that no rush overloads a technician. When the ticket is then not written, `align` gives the seat back;
 * after a crash the reconciler does.
 *
 * Ada last served the customer and has 9 of 10 seats taken; Bruno has 4 of 10. Two tickets of this customer arrive at
 * the same time, and both choose Ada. One write takes her tenth seat; the other finds her full and takes Bruno's fifth
 * seat.
 */
export interface Assigner {
  /** Technicians with a free seat. */
  free(tenantId: string): Promise<readonly Technician[]>;
  /** Chooses a technician by the rules (among `known`, when given) and takes the seat; `undefined` when nobody can take the ticket. */
  pick(tenantId: string, errand: Errand, now: Date, known?: readonly Technician[]): Promise<Choice | undefined>;
  /** Takes a seat because a person decided so, even beyond the capacity; `undefined` when there is no such technician. */
  take(tenantId: string, technicianId: string, ticketId: string): Promise<Technician | undefined>;
  /** Whether the technician can be given tickets at all. */
  isActive(tenantId: string, technicianId: string): Promise<boolean>;
  /** When a technician who is away now is back; `undefined` while the technician is there. */
  backAt(tenantId: string, technicianId: string, now: Date): Promise<Date | undefined>;
  /** Makes the seats of the named technicians agree with the ticket as it is now; returns whether a seat became free. */
  align(tenantId: string, ticketId: string, technicianIds: readonly (string | undefined)[]): Promise<boolean>;
}

/** Limit of technicians with a free seat that are compared. */
const MAX_CANDIDATES = 1_000;

export const createAssigner = (deps: AssignerDeps): Assigner => {
  const { tickets, technicians, clock } = deps;
  /** Seats that are being taken at this moment, by technician: requests that arrive together then spread over the technicians. */
  const onTheWay = new Map<string, number>();
  const count = (id: string, by: number): void => {
    const next = (onTheWay.get(id) ?? 0) + by;
    if (next === 0) onTheWay.delete(id);
    else onTheWay.set(id, next);
  };
  const busyness = (technician: Technician): Technician => {
    const more = onTheWay.get(technician.id) ?? 0;
    // Used for ranking only; the guarded write decides whether there is room.
    const coming = Array.from({ length: more }, () => ({ ticketId: '', since: clock.now() }));
    return { ...technician, places: [...technician.places, ...coming], capacity: technician.capacity + more };
  };
  const tryToReserve = async (tenantId: string, choice: Choice, errand: Errand, now: Date): Promise<boolean> => {
    count(choice.technicianId, 1);
    try {
      const after = await technicians.in(tenantId).update(choice.technicianId, (before) => reserve(before, errand.id, now));
      return after !== undefined && holds(after, errand.id);
    } finally {
      count(choice.technicianId, -1);
    }
  };

  const free: Assigner['free'] = (tenantId) => technicians.in(tenantId).list({ free: true }, { limit: MAX_CANDIDATES });

  const pick: Assigner['pick'] = async (tenantId, errand, now, known) => {
    const candidates = known ?? (await free(tenantId));
    if (candidates.length === 0) return undefined;
    const bare = await describeNeed(deps, tenantId, errand, now);
    let able = candidates.filter((technician) => mayHave(technician, bare));
    const need = able.length < 2 ? bare : await withHistory(deps, tenantId, errand, bare);
    for (;;) {
      const choice = chooseTechnician(able.map(busyness), need);
      if (choice === undefined || (await tryToReserve(tenantId, choice, errand, now))) return choice;
      able = able.filter(({ id }) => id !== choice.technicianId);
    }
  };

  const align: Assigner['align'] = async (tenantId, ticketId, technicianIds) => {
    const ticket = await tickets.in(tenantId).find(ticketId);
    const owner = ticket?.active === true ? ticket.assignedToUserId : undefined;
    const concerned = [...new Set(technicianIds)].filter((id): id is string => id !== undefined);
    const freed = await Promise.all(
      concerned.map(async (id) => {
        let released = false;
        await technicians.in(tenantId).update(id, (before) => {
          const decision = id === owner ? occupy(before, ticketId, clock.now()) : release(before, [ticketId]);
          released = decision.state !== before && id !== owner;
          return decision;
        });
        return released;
      }),
    );
    return freed.includes(true);
  };

  return {
    free,
    pick,
    align,
    isActive: async (tenantId, technicianId) => (await technicians.in(tenantId).find(technicianId))?.active === true,
    backAt: async (tenantId, technicianId, now) => {
      const technician = await technicians.in(tenantId).find(technicianId);
      return technician === undefined ? undefined : backAt(technician, now);
    },
    take: (tenantId, technicianId, ticketId) =>
      technicians
        .in(tenantId)
        .update(technicianId, (before) => (before.active ? occupy(before, ticketId, clock.now()) : { state: before })),
  };
};
