import type { Repository } from '@riparo/shared/persistence/repository';
import type { InboxItem } from '../inbox/inbox.js';
import type { Live } from './create-live.js';

/**
 * The inbox as deliveries see it: whatever is put in is told at once. A message that is put in twice, because a crash came
 * between the two, is one signal.
 */
export const toldInbox = (inbox: Repository<InboxItem>, { messageCame }: Pick<Live, 'messageCame'>): Repository<InboxItem> => ({
  ...inbox,
  in: (tenantId) => {
    const own = inbox.in(tenantId);
    return {
      ...own,
      insert: async (draft, events) => {
        const item = await own.insert(draft, events);
        await messageCame(tenantId, item.userId, item.id, item.createdAt);
        return item;
      },
    };
  },
});
