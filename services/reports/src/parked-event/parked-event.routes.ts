import { action, get, type Route } from '@riparo/shared/http/route';
import { listParkedEvents, listParkedEventsQuery } from './list-parked-events.js';
import type { ParkedDoors } from './parked-doors.js';
import { PARKED_EVENT_OPERATIONS } from './parked-event.reference.js';
import { replayParkedEvent } from './replay-parked-event.js';

export const parkedEventRoutes = (deps: { readonly parkedDoors: ParkedDoors }): readonly Route[] => [
  get(
    '/parked-events',
    'manage:parked-events',
    'Lists the events that services gave up on: which, whose, since when and why.',
    { query: listParkedEventsQuery },
    listParkedEvents(deps),
    PARKED_EVENT_OPERATIONS.listParkedEvents,
  ),
  action(
    '/parked-events/:id/replay',
    'manage:parked-events',
    'Hands a parked event back to the service that gave up on it.',
    {},
    replayParkedEvent(deps),
    { ...PARKED_EVENT_OPERATIONS.replayParkedEvent, success: 202 },
  ),
];
