import type { Subscription } from '@riparo/shared/messaging/bus';
import type { Dependencies } from './dependencies.js';

/** Every event this service consumes: `on(TicketOpened, onTicketOpened(deps))`. The topology must name the same. */
export const subscriptions = (_deps: Dependencies): readonly Subscription[] => [];
