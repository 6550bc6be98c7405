import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Availability, Skill } from '@riparo/shared/contracts/enums';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import type { TimeOff } from './time-off.js';

/** One open ticket's place with a technician. */
export interface Seat {
  readonly ticketId: string;
  readonly since: Date;
}

/**
 * A user that tickets can be given to: what auth says of them (followed by `userVersion`), and the places that their
 * tickets take, which are this service's own. `id` is the user's.
 */
export interface Technician extends Entity {
  readonly userVersion: number;
  /** An ACTIVE technician of the centre. */
  readonly active: boolean;
  readonly skills: readonly Skill[];
  readonly region?: string;
  readonly availability?: Availability;
  /** How many open tickets the rules may give them. */
  readonly capacity: number;
  /** A place is taken *before* its ticket is written, so that nobody is overloaded. */
  readonly places: readonly Seat[];
  readonly lastAssignedAt?: Date;
  /** With the technician, so that whoever hands out work sees it with the rest. */
  readonly timeOff?: readonly TimeOff[];
  /** The private address of their calendar, hashed: who reads the database cannot read the calendar. */
  readonly calendarFeed?: { readonly hash: string; readonly createdAt: Date };
  /** Derived; the index over it makes "nobody is free" a look at nothing. */
  readonly free: boolean;
}

type TechnicianDecision = Decision<Technician>;

export const hasRoom = ({ active, places, capacity }: Pick<Technician, 'active' | 'places' | 'capacity'>): boolean =>
  active && places.length < capacity;

export const holds = ({ places }: Pick<Technician, 'places'>, ticketId: string): boolean =>
  places.some((place) => place.ticketId === ticketId);

const withDerived = <T extends Omit<Draft<Technician>, 'free'>>(technician: T): T & { readonly free: boolean } => ({
  ...technician,
  free: hasRoom(technician),
});

const fromUser = (user: PublishedUser, userVersion: number) => ({
  userVersion,
  active: user.status === 'ACTIVE' && isTechnician(user.role) && !user.removed,
  skills: user.skills,
  region: user.defaultRegion,
  availability: user.availability,
});

export const newTechnician = (user: PublishedUser, userVersion: number, capacity: number): Draft<Technician> =>
  withDerived({ id: user.id, ...fromUser(user, userVersion), capacity, places: [] });

/** Follows auth by version; places stay as they are. */
export const withUser = (before: Technician, user: PublishedUser, userVersion: number): TechnicianDecision =>
  userVersion <= before.userVersion ? { state: before } : { state: withDerived({ ...before, ...fromUser(user, userVersion) }) };

/** Takes a place for a ticket, if there is one; the caller sees by `holds` whether there was. */
export const reserve = (before: Technician, ticketId: string, now: Date): TechnicianDecision =>
  hasRoom(before) ? occupy(before, ticketId, now) : { state: before };

/** Takes a place whether there is one or not: a person decided so, or a ticket came back to who had it. */
export const occupy = (before: Technician, ticketId: string, now: Date): TechnicianDecision =>
  holds(before, ticketId)
    ? { state: before }
    : { state: withDerived({ ...before, places: [...before.places, { ticketId, since: now }], lastAssignedAt: now }) };

export const release = (before: Technician, ticketIds: readonly string[]): TechnicianDecision =>
  before.places.some(({ ticketId }) => ticketIds.includes(ticketId))
    ? { state: withDerived({ ...before, places: before.places.filter(({ ticketId }) => !ticketIds.includes(ticketId)) }) }
    : { state: before };

export const withCapacity = (before: Technician, capacity: number): TechnicianDecision =>
  before.capacity === capacity ? { state: before } : { state: withDerived({ ...before, capacity }) };
