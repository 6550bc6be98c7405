import { SessionsRevoked, UserRegistered, UserRemoved, UserUpdated, type PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Availability, Skill, UserStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { Role } from '@riparo/shared/contracts/roles';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { personWords } from '../person-words.js';
import type { Task } from '../task/task.js';
import type { Registration } from './registration.js';
import { wrongPassword } from './user.errors.js';

/** What people write about themselves, and administrators about them. */
export interface Profile {
  readonly name: string;
  readonly phone?: string;
  readonly locale?: string;
  readonly skills?: readonly Skill[];
  readonly certifications?: readonly string[];
  readonly defaultRegion?: string;
  readonly availability?: Availability;
}

export interface User extends Entity, Profile {
  readonly email: string;
  /** The e-mail while the account exists: unique, so that a removed account's address can be used anew. */
  readonly emailKey?: string;
  readonly customerId?: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly emailVerified: boolean;
  readonly passwordHash?: string;
  /** Grows whenever every earlier token and session of this user must end. */
  readonly epoch: number;
  readonly registration?: Registration;
  /** Words of the search, see person-words.ts. */
  readonly searchTerms: readonly string[];
  /** What is still to be done because of a write to this user; see task.ts. */
  readonly tasks: readonly Task[];
}

/** A user as decisions see it. */
export type UserState = Omit<User, 'tasks'>;
export type UserDecision = Decision<User, 'tasks'>;

export interface NewUser extends Profile {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly emailVerified?: boolean;
  readonly customerId?: string;
  readonly passwordHash?: string;
  readonly registration?: Registration;
  readonly tasks?: readonly Task[];
}

export const userWords = ({ name, email, phone }: Pick<User, 'name' | 'email' | 'phone'>): readonly string[] =>
  personWords({ texts: [name, email], phone });

export const newUser = ({ tasks = [], emailVerified = false, ...user }: NewUser): Draft<User> => ({
  ...user,
  emailKey: user.email,
  emailVerified,
  epoch: 1,
  searchTerms: userWords(user),
  tasks,
});

/** The part of a user that other services may know. */
export const published = ({
  id,
  customerId,
  email,
  emailVerified,
  name,
  phone,
  role,
  status,
  skills = [],
  defaultRegion,
  availability,
  locale,
  deletedAt,
}: UserState): PublishedUser => ({
  id,
  ...(customerId === undefined ? {} : { customerId }),
  email,
  emailVerified,
  name,
  ...(phone === undefined ? {} : { phone }),
  role,
  status,
  skills,
  ...(defaultRegion === undefined ? {} : { defaultRegion }),
  ...(availability === undefined ? {} : { availability }),
  ...(locale === undefined ? {} : { locale }),
  removed: deletedAt !== undefined,
});

export const userRegistered = (user: UserState): readonly DomainEvent[] => [UserRegistered.with({ user: published(user) })];

const told = (state: UserState, ...more: readonly DomainEvent[]): UserDecision => ({
  state,
  events: [UserUpdated.with({ user: published(state) }), ...more],
});

/** Ends every session of the user; `until` is when the last access token that is out there has expired. */
const endSessions = (state: UserState, until: Date): { readonly state: UserState; readonly event: DomainEvent } => {
  const epoch = state.epoch + 1;
  return { state: { ...state, epoch }, event: SessionsRevoked.with({ userId: state.id, epoch, until: until.toISOString() }) };
};

export const signOutEverywhere = (user: UserState, until: Date): UserDecision => {
  const { state, event } = endSessions(user, until);
  return { state, events: [event] };
};

/** Fields left out stay as they are; a field given as `null` goes. */
export type ProfileChange = { readonly [K in keyof Profile]?: Profile[K] | null };

const withProfile = (user: UserState, change: ProfileChange): UserState => {
  const merged: Record<string, unknown> = { ...user, ...change };
  const entries = Object.entries(merged).filter(([, value]) => value !== null && value !== undefined);
  const state = Object.fromEntries(entries) as unknown as UserState;
  return { ...state, searchTerms: userWords(state) };
};

const isSame = (before: UserState, after: UserState): boolean =>
  JSON.stringify(published(before)) === JSON.stringify(published(after)) &&
  JSON.stringify(before.certifications) === JSON.stringify(after.certifications);

export const changeProfile = (user: UserState, change: ProfileChange): UserDecision => {
  const state = withProfile(user, change);
  return isSame(user, state) ? { state: user } : told(state);
};

export interface AccessChange {
  readonly role?: Role;
  readonly status?: UserStatus;
}

/** A new role or status ends the sessions that were opened with the old one. */
export const administer = (
  user: UserState,
  { role = user.role, status = user.status }: AccessChange,
  profile: ProfileChange,
  until: Date,
): UserDecision => {
  const changed = withProfile({ ...user, role, status }, profile);
  if (isSame(user, changed)) return { state: user };
  if (role === user.role && (status === user.status || status === 'ACTIVE')) return told(changed);
  const { state, event } = endSessions(changed, until);
  return told(state, event);
};

/** `proven` is the hash that the old password was checked against: of two changes at once one wins. */
export const changePassword = (user: UserState, proven: string | undefined, passwordHash: string, until: Date): UserDecision => {
  if (user.passwordHash !== proven) throw wrongPassword('currentPassword');
  const { state, event } = endSessions({ ...user, passwordHash }, until);
  return { state, events: [event] };
};

/** The same password under another hash: nobody is signed out. */
export const renewHash = (user: UserState, from: string, to: string): UserDecision => ({
  state: user.passwordHash === from ? { ...user, passwordHash: to } : user,
});

/** Soft: the data stays for the records, the address becomes free, every session ends. */
export const removeUser = (user: UserState, at: Date, until: Date): UserDecision => {
  const { emailKey: _freed, ...rest } = user;
  const { state, event } = endSessions({ ...rest, status: 'DISABLED', deletedAt: at }, until);
  return { state, events: [UserRemoved.with({ user: published(state) }), event] };
};
