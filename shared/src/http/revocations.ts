import type { Clock } from '../runtime/clock.js';

/** The claims that are checked against revocations on every request. */
export interface RevocableClaims {
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly epoch: number;
}

/** Ended sessions, held in memory by every instance and fed from `SessionsRevoked` events. */
export interface RevocationList {
  /**
   * Voids every token of the user with a lower epoch. When the last such token has expired (`until`), the entry can be
   * forgotten; without `until` the entry stays.
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

/** Every so many additions the list drops its expired entries. So the list never has more than the live entries plus 1,000 expired ones. */
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
      // Events may arrive late or twice, so a lower epoch never replaces a higher one.
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
