import type { Repository } from '@riparo/shared/persistence/repository';
import type { InboxItem } from '../inbox/inbox.js';
import { putIntoInbox } from '../inbox/put-into-inbox.js';
import type { ChannelPort } from './channel.js';

/** The inbox as a channel: `address` is the user's id. */
export const createInboxChannel = (inbox: Repository<InboxItem>): ChannelPort => ({
  send: (message) => putIntoInbox(inbox, message.address, message),
  close: () => Promise.resolve(),
});
