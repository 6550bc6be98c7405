/** What signing in answers, as far as the client needs it. */
export interface Session {
  readonly token: string;
  /** ISO 8601: when `token` ends. */
  readonly expiresAt: string;
  /** For one renewal. */
  readonly refreshToken: string;
}

export interface Sessions {
  readonly current: Session | undefined;
  set(session: Session | undefined): void;
  /** The access token, renewed when it ends within `EARLY_MS`; `undefined` when nobody is signed in. */
  token(): Promise<string | undefined>;
  /** Renews it now, because the server refused `refused`; `undefined` when that is not possible. */
  renew(refused: string): Promise<string | undefined>;
}

/** Renewed before it ends, so that a slow request does not arrive with a token that has ended. */
const EARLY_MS = 30_000;

/**
 * Keeps the session of one person. A refresh token works once: requests that need a new token at the same moment share
 * one renewal. `refresh` resolves to `undefined` when the session has ended.
 */
export const createSessions = (
  refresh: (refreshToken: string) => Promise<Session | undefined>,
  onChange: (session: Session | undefined) => void,
  now: () => number = Date.now,
): Sessions => {
  let current: Session | undefined;
  let renewal: Promise<string | undefined> | undefined;
  const set = (session: Session | undefined): void => {
    current = session;
    onChange(session);
  };
  const renewOnce = async (before: Session): Promise<string | undefined> => {
    const after = await refresh(before.refreshToken);
    // Somebody may have signed in or out meanwhile; theirs counts.
    if (current === before) set(after);
    return current?.token;
  };
  const start = (session: Session): Promise<string | undefined> =>
    (renewal ??= renewOnce(session).finally(() => {
      renewal = undefined;
    }));
  return {
    get current() {
      return current;
    },
    set,
    token: () => {
      if (current === undefined) return Promise.resolve(undefined);
      return Date.parse(current.expiresAt) - now() > EARLY_MS ? Promise.resolve(current.token) : start(current);
    },
    renew: (refused) => {
      if (current === undefined) return Promise.resolve(undefined);
      return current.token === refused ? start(current) : Promise.resolve(current.token);
    },
  };
};
