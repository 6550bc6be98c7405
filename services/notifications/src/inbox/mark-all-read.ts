import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { markRead } from './inbox.js';

const BATCH = 100;

/** Marks what there is at this moment; broken off half-way, the next call does the rest. */
export const markAllRead =
  ({ inbox }: Pick<Dependencies, 'inbox'>) =>
  async ({ caller, now }: Call): Promise<Reply> => {
    const mine = inbox.in(caller.tenantId);
    const unread = { userId: caller.userId, readAt: { $eq: null }, createdAt: { $lte: now } } as object;
    let marked = 0;
    for (;;) {
      const batch = await mine.list(unread, { limit: BATCH });
      await Promise.all(batch.map(({ id }) => mine.update(id, (item) => ({ state: markRead(item, true, now) }))));
      marked += batch.length;
      if (batch.length < BATCH) return ok({ marked });
    }
  };
