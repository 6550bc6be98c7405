import {
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketResolved,
  TicketStatusChanged,
  TicketUnmerged,
} from '@riparo/shared/contracts/tickets.events';
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import type { Deps } from './deps.js';
import { onTicketChanged } from './open-work/on-ticket-changed.js';

/** Besides ended sessions, which every service is told of. */
export const subscriptions = ({ openWork }: Pick<Deps, 'openWork'>): readonly Subscription[] => [
  on(TicketOpened, onTicketChanged(openWork)),
  on(TicketStatusChanged, onTicketChanged(openWork)),
  on(TicketResolved, onTicketChanged(openWork)),
  on(TicketClosed, onTicketChanged(openWork)),
  on(TicketMerged, onTicketChanged(openWork)),
  on(TicketUnmerged, onTicketChanged(openWork)),
];
