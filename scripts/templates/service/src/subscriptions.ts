import type { Subscription } from '@riparo/shared/messaging/bus';

/** Every consumed event, one line each: `on(TicketOpened, onTicketOpened(deps))`. The topology must name the same. */
export const subscriptions = (): readonly Subscription[] => [];
