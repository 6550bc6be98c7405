import { isDomainError } from '../errors/domain-error.js';

/** Errors of the MongoDB driver and of mongoose that mean "not reachable", not "your query is wrong". */
const AWAY_NAMES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]);

/** Server codes of a node that stops, restarts or is no primary (https://www.mongodb.com/docs/manual/reference/error-codes/). */
const STOPPED_SERVER_CODES = [6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436];

/** The server has no room left (OutOfDiskSpace): nothing of the write was made, and it succeeds once somebody has made room. */
const NO_ROOM = 14031;

const AWAY_SERVER_CODES = new Set<unknown>([...STOPPED_SERVER_CODES, NO_ROOM]);

const AWAY_SYSTEM_CODES = new Set<unknown>([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A bulk write that the server did not take as a whole is a `MongoBulkWriteError`, which has the code of the first refusal. */
const SERVER_NAMES = new Set(['MongoServerError', 'MongoBulkWriteError']);

/** How many errors of a chain are checked. */
const MAX_DEPTH = 5;

/** The error behind an error. When a bulk write loses its connection, the driver keeps the reason as `errorResponse`. */
const reasonOf = ({ cause, errorResponse }: Error & { readonly errorResponse?: unknown }): unknown =>
  errorResponse instanceof Error ? errorResponse : cause;

const saysAway = (error: Error): boolean => {
  if (isDomainError(error)) return error.kind === 'unavailable';
  const { code } = error as { code?: unknown };
  if (AWAY_NAMES.has(error.name) || AWAY_SYSTEM_CODES.has(code)) return true;
  if (SERVER_NAMES.has(error.name)) return AWAY_SERVER_CODES.has(code);
  // mongoose has no class of its own for "not connected within bufferTimeoutMS".
  return error.name === 'MongooseError' && error.message.includes('buffering timed out');
};

/** True when an error means that a database or another service is away: a later try will succeed. */
export const isDependencyAway = (error: unknown): boolean => {
  let current = error;
  for (let depth = 0; depth < MAX_DEPTH && current instanceof Error; depth++) {
    if (saysAway(current)) return true;
    current = reasonOf(current);
  }
  return false;
};
