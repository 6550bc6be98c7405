import type { Skill, TicketCategory } from '@riparo/shared/contracts/enums';
import { isSameLine } from '@riparo/shared/text/normal';
import { isOnDuty } from './on-duty.js';
import { hasRoom, type Technician } from './technician.js';
import { isAway } from './time-off.js';

/** Facts about the work on which the choice of a technician depends. */
export interface Need {
  readonly category: TicketCategory;
  /** City, state and country of the work; empty when unknown. */
  readonly regions: readonly string[];
  /** Technicians who must not get the work. */
  readonly excluded: readonly string[];
  /** The technicians who last served this device and this customer. */
  readonly lastForAsset?: string;
  readonly lastForCustomer?: string;
  readonly timeZone: string;
  readonly now: Date;
}

export const CHOICE_RULES = ['SERVED_DEVICE', 'SERVED_CUSTOMER', 'ONLY_CANDIDATE', 'LEAST_LOADED', 'LONGEST_IDLE', 'LOWEST_ID'] as const;

/** Why this technician was chosen. It is kept with the assignment and shown to staff. */
export interface ChoiceReason {
  readonly rule: (typeof CHOICE_RULES)[number];
  /** Open tickets of the technician before this one. */
  readonly load: number;
  readonly capacity: number;
  /** How many technicians passed the hard filters. */
  readonly candidates: number;
}

export interface Choice {
  readonly technicianId: string;
  readonly reason: ChoiceReason;
}

/** Questions and other requests need no special skill. */
const NO_SKILL_NEEDED: readonly TicketCategory[] = ['QUESTION', 'OTHER'];

/** A technician without stated skills can do everything. */
export const isSkilled = (skills: readonly Skill[], category: TicketCategory): boolean =>
  skills.length === 0 || skills.includes(category) || NO_SKILL_NEEDED.includes(category);

/** Regions are compared only when the technician and the work both have one. */
export const servesRegion = (region: string | undefined, regions: readonly string[]): boolean =>
  region === undefined || regions.length === 0 || regions.some((name) => isSameLine(name, region));

export const mayHave = (technician: Technician, need: Need): boolean =>
  hasRoom(technician) &&
  !need.excluded.includes(technician.id) &&
  isSkilled(technician.skills, need.category) &&
  servesRegion(technician.region, need.regions) &&
  isOnDuty(technician.availability, need.timeZone, need.now) &&
  !isAway(technician, need.now);

/** A technician who never got a ticket has been idle for ever. */
const idleSince = ({ lastAssignedAt }: Technician): number => lastAssignedAt?.getTime() ?? 0;

const byRank = (a: Technician, b: Technician): number =>
  a.places.length - b.places.length || idleSince(a) - idleSince(b) || (a.id < b.id ? -1 : 1);

const ruleFor = (best: Technician, second: Technician | undefined): ChoiceReason['rule'] => {
  if (second === undefined) return 'ONLY_CANDIDATE';
  if (best.places.length < second.places.length) return 'LEAST_LOADED';
  return idleSince(best) < idleSince(second) ? 'LONGEST_IDLE' : 'LOWEST_ID';
};

/**
 * The best technician for a ticket; `undefined`: the ticket has to wait. Hard filters come first (a free seat, not
 * excluded, skill, region, on duty, no time off). Then the technician who last served the device, or else the customer,
 * is chosen; otherwise the least loaded, the longest idle, the lowest id.
 *
 * Capacity 10. Ada has 9 tickets and last served the customer, Bruno has 4, Carla has 4 and has been idle longer than
 * Bruno, Dino has 10. Ada is chosen (SERVED_CUSTOMER). For a new customer it is Carla (LONGEST_IDLE). Dino passes no
 * filter.
 */
export const chooseTechnician = (technicians: readonly Technician[], need: Need): Choice | undefined => {
  const able = technicians.filter((technician) => mayHave(technician, need)).sort(byRank);
  const chosen = (technician: Technician, rule: ChoiceReason['rule']): Choice => ({
    technicianId: technician.id,
    reason: { rule, load: technician.places.length, capacity: technician.capacity, candidates: able.length },
  });
  const forAsset = able.find(({ id }) => id === need.lastForAsset);
  if (forAsset !== undefined) return chosen(forAsset, 'SERVED_DEVICE');
  const forCustomer = able.find(({ id }) => id === need.lastForCustomer);
  if (forCustomer !== undefined) return chosen(forCustomer, 'SERVED_CUSTOMER');
  const [best, second] = able;
  return best === undefined ? undefined : chosen(best, ruleFor(best, second));
};
