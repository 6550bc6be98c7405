import type { Skill, TicketCategory } from '@riparo/shared/contracts/enums';
import { isOnDuty } from './on-duty.js';
import { hasRoom, type Technician } from './technician.js';
import { isAway } from './time-off.js';

/** What the choice depends on besides the technicians. */
export interface Need {
  readonly category: TicketCategory;
  /** Names of the places the customer is in (city, state, country); empty when unknown. */
  readonly regions: readonly string[];
  /** Who must not get it. */
  readonly excluded: readonly string[];
  /** Who last served this device, and this customer. */
  readonly lastForAsset?: string;
  readonly lastForCustomer?: string;
  readonly timeZone: string;
  readonly now: Date;
}

export const CHOICE_RULES = ['SERVED_DEVICE', 'SERVED_CUSTOMER', 'ONLY_CANDIDATE', 'LEAST_LOADED', 'LONGEST_IDLE', 'LOWEST_ID'] as const;

/** Why it is this technician; kept with the assignment and shown to staff. */
export interface ChoiceReason {
  readonly rule: (typeof CHOICE_RULES)[number];
  /** Tickets the technician had before this one. */
  readonly load: number;
  readonly capacity: number;
  /** How many passed the hard filters. */
  readonly candidates: number;
}

export interface Choice {
  readonly technicianId: string;
  readonly reason: ChoiceReason;
}

/** Questions and odds and ends need no special skill. */
const NO_SKILL_NEEDED: readonly TicketCategory[] = ['QUESTION', 'OTHER'];

/** Who has stated no skills is a generalist. */
export const isSkilled = (skills: readonly Skill[], category: TicketCategory): boolean =>
  skills.length === 0 || skills.includes(category) || NO_SKILL_NEEDED.includes(category);

const sameName = (left: string, right: string): boolean => left.trim().toLowerCase() === right.trim().toLowerCase();

/** Regions bind only when both sides have one. */
export const servesRegion = (region: string | undefined, regions: readonly string[]): boolean =>
  region === undefined || regions.length === 0 || regions.some((name) => sameName(name, region));

export const mayHave = (technician: Technician, need: Need): boolean =>
  hasRoom(technician) &&
  !need.excluded.includes(technician.id) &&
  isSkilled(technician.skills, need.category) &&
  servesRegion(technician.region, need.regions) &&
  isOnDuty(technician.availability, need.timeZone, need.now) &&
  !isAway(technician, need.now);

/** Never assigned: idle since ever. */
const idleSince = ({ lastAssignedAt }: Technician): number => lastAssignedAt?.getTime() ?? 0;

const byRank = (a: Technician, b: Technician): number =>
  a.places.length - b.places.length || idleSince(a) - idleSince(b) || (a.id < b.id ? -1 : 1);

const ruleFor = (best: Technician, second: Technician | undefined): ChoiceReason['rule'] => {
  if (second === undefined) return 'ONLY_CANDIDATE';
  if (best.places.length < second.places.length) return 'LEAST_LOADED';
  return idleSince(best) < idleSince(second) ? 'LONGEST_IDLE' : 'LOWEST_ID';
};

/**
 * The best technician for a ticket: hard filters first, then who last served the device or the customer, then the least
 * loaded, the longest idle, the lowest id. `undefined`: it has to wait.
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
