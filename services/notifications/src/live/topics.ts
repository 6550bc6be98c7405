import type { Caller } from '@riparo/shared/contracts/caller';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { isDesk, isStaff } from '@riparo/shared/contracts/roles';
import { forbidden, invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { QUEUE, subjectPath, type Signal } from './signal.js';

/** Topics besides those of one ticket or repair. */
const GENERAL = ['me', 'appointments', 'queue', 'board'] as const;
const ONE = /^(?:ticket|repair)s\/(.+)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Topics of one stream. */
export const MAX_TOPICS = 50;

const isGeneral = (topic: string): boolean => GENERAL.some((name) => name === topic);

/** The topics, each once; 422 with every name that is none, 404 for an id that none can have. */
export const readTopics = (names: readonly string[], path: string): readonly string[] => {
  const topics = [...new Set(names.map((name) => name.trim().toLowerCase()))];
  const faults = topics
    .filter((topic) => !isGeneral(topic) && !ONE.test(topic))
    .map(() => ({ path, message: `must be of ${GENERAL.join(', ')}, tickets/ID, repairs/ID` }));
  if (topics.length > MAX_TOPICS) faults.push({ path, message: `must be ${MAX_TOPICS} topics at most` });
  if (faults.length > 0) throw invalidInput(faults.slice(0, MAX_TOPICS));
  for (const topic of topics) if (!isGeneral(topic) && !UUID.test(ONE.exec(topic)?.[1] ?? '')) throw notFound(topic.split('s/')[0] ?? '');
  return topics;
};

/** The topics that stand for one thing, which its service is asked for. */
export const isOne = (topic: string): boolean => ONE.test(topic);

/** Refuses topics that are not for the caller's role. */
export const checkGeneral = ({ role }: Caller, topics: readonly string[]): void => {
  for (const topic of topics)
    if ((topic === 'queue' || topic === 'board') && !(isStaff(role) && roleMay(role, 'read:tickets')))
      throw forbidden(`The topic "${topic}" is for staff.`);
};

const hadInHand = ({ holders, before }: Signal, userId: string): boolean =>
  [...holders, ...before].some((holder) => holder === userId || holder === QUEUE);

const isTheirs = (caller: Caller, signal: Signal): boolean => {
  if (caller.customerId !== undefined) return signal.customerId === caller.customerId;
  return isDesk(caller.role) || hadInHand(signal, caller.userId);
};

/**
 * Whether a stream with these topics may have to be told. It spares the services questions whose answer is known: it may say
 * yes where their answer is no, never the other way round.
 */
export const mayConcern = (caller: Caller, topics: ReadonlySet<string>, signal: Signal): boolean => {
  if (signal.kind === 'message' || signal.kind === 'account') return topics.has('me') && signal.userId === caller.userId;
  if (signal.staffOnly && caller.customerId !== undefined) return false;
  if (topics.has(subjectPath(signal))) return true;
  if (!isTheirs(caller, signal)) return false;
  if (signal.kind === 'appointment') return topics.has('appointments');
  if (caller.customerId !== undefined) return topics.has('me');
  return topics.has('board') || (topics.has('queue') && [...signal.holders, ...signal.before].includes(QUEUE));
};

/** Whether the caller saw it before this change, and has to be told that it is gone when it is. */
export const lost = ({ userId, customerId }: Caller, { before }: Signal): boolean =>
  customerId === undefined && before.some((holder) => holder === userId || holder === QUEUE);
