import type { Clock } from '../runtime/clock.js';

/** What is looked at on every request. */
export interface RevocableClaims {
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly epoch: number;
}

/** Ended sessions, held in memory by every instance and fed from `SessionsRevoked` events. */
export interface RevocationList {
  /**
   * Ends every token of the user that carries a lower epoch. `until` is when the last such token has expired and the
   * entry can be forgotten; without it the entry stays.
   */
  revokeUser(tenantId: string, userId: string, epoch: number, until?: Date): void;
  revokeSession(sessionId: string, until: Date): void;
  isRevoked(claims: RevocableClaims): boolean;
  /** Entries held, for tests and metrics. */
  size(): number;
}

interface UserEntry {
  readonly epoch: number;
  readonly until: number;
}

/** Expired entries are looked for once per this many additions, which bounds the list to the live ones plus these. */
const PRUNE_EVERY = 1_000;

export const createRevocationList = (clock: Clock): RevocationList => {
  const users = new Map<string, UserEntry>();
  const sessions = new Map<string, number>();
  let added = 0;

  const prune = (): void => {
    if (++added % PRUNE_EVERY !== 0) return;
    const now = clock.now().getTime();
    for (const [key, { until }] of users) if (until <= now) users.delete(key);
    for (const [key, until] of sessions) if (until <= now) sessions.delete(key);
  };

  return {
    revokeUser: (tenantId, userId, epoch, until) => {
      const key = `${tenantId}/${userId}`;
      const known = users.get(key);
      const expiry = Math.max(known?.until ?? 0, until?.getTime() ?? Number.POSITIVE_INFINITY);
      // Events may come late or twice: an epoch never goes down.
      users.set(key, { epoch: Math.max(known?.epoch ?? 0, epoch), until: expiry });
      prune();
    },
    revokeSession: (sessionId, until) => {
      sessions.set(sessionId, Math.max(sessions.get(sessionId) ?? 0, until.getTime()));
      prune();
    },
    isRevoked: ({ tenantId, userId, sessionId, epoch }) => {
      if (sessions.has(sessionId)) return true;
      const user = users.get(`${tenantId}/${userId}`);
      return user !== undefined && epoch < user.epoch;
    },
    size: () => users.size + sessions.size,
  };
};
