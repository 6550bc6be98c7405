import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Availability, Skill } from '@riparo/shared/contracts/enums';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import type { TimeOff } from './time-off.js';

/** The seat that one open ticket takes with a technician. */
export interface Seat {
  readonly ticketId: string;
  readonly since: Date;
}

/**
 * A user to whom tickets can be assigned. `id` is the user's. Auth owns the user's data (followed by `userVersion`);
 * this service owns the seats.
 */
export interface Technician extends Entity {
  readonly userVersion: number;
  /** True for a user with status ACTIVE and a technician's role who was not removed. */
  readonly active: boolean;
  readonly skills: readonly Skill[];
  readonly region?: string;
  readonly availability?: Availability;
  /** Limit of open tickets that the rules assign to this technician. */
  readonly capacity: number;
  /** The seats. A seat is taken before its ticket is written, so that nobody is overloaded. */
  readonly places: readonly Seat[];
  readonly lastAssignedAt?: Date;
  /** Stored with the technician, because the choice of a technician needs it each time. */
  readonly timeOff?: readonly TimeOff[];
  /** Hash of the private calendar address: someone who can read the database cannot read the calendar. */
  readonly calendarFeed?: { readonly hash: string; readonly createdAt: Date };
  /** Derived. An index over it answers "nobody is free" without reading a document. */
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

/** Takes over auth's newer data; the seats stay. */
export const withUser = (before: Technician, user: PublishedUser, userVersion: number): TechnicianDecision =>
  userVersion <= before.userVersion ? { state: before } : { state: withDerived({ ...before, ...fromUser(user, userVersion) }) };

/** Takes a seat if one is free; the caller checks with `holds` whether it did. */
export const reserve = (before: Technician, ticketId: string, now: Date): TechnicianDecision =>
  hasRoom(before) ? occupy(before, ticketId, now) : { state: before };

/** Takes a seat even beyond the capacity: a person decided so, or a reopened ticket came back to its assignee. */
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
