import { unavailable } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';

/** The services that are asked for everything they have, as far as they are asked here; they are away after so many answers. */
export const createOwners = () => {
  const things = new Map<string, Map<string, unknown>>();
  const state = { answers: Infinity };
  const client: InternalClient = {
    get: <T>(path: string): Promise<T> => {
      const { searchParams, pathname } = new URL(path, 'http://owner');
      if (state.answers-- <= 0) return Promise.reject(unavailable('The owner'));
      const after = searchParams.get('after') ?? '';
      const sorted = [...(things.get(pathname) ?? [])].filter(([id]) => id > after).sort(([one], [other]) => (one < other ? -1 : 1));
      return Promise.resolve(sorted.slice(0, Number(searchParams.get('limit'))).map(([, thing]) => thing) as T);
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  return {
    state,
    clients: { auth: client, tickets: client, assets: client, billing: client },
    /** What is told at `/internal/<what>`. */
    has: (what: string, id: string, thing: object): void => {
      const path = `/internal/${what}`;
      things.set(path, (things.get(path) ?? new Map<string, unknown>()).set(id, thing));
    },
  };
};
export type Owners = ReturnType<typeof createOwners>;
