import { one, pageOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { operations } from '@riparo/shared/http/route';
import { UPKEEP } from '../rebuild/rebuild.reference.js';
import { CONSUMERS } from './list-parked-events.js';

const consumer = oneOf(CONSUMERS).description('The service that gave up on it.');

const parkedEventAnswer = view(
  'ParkedEvent',
  'An event that a service gave up on, kept until somebody looks. It tells nothing of the data.',
  {
    id: id().description('What it is replayed by. One event that two services gave up on is two parked events.'),
    consumer,
    eventId: text().optional().description('Missing, like the next three: the message could not be read.'),
    type: text().optional().description('Such as `riparo.tickets.ticket-closed.v1`.'),
    subject: text().optional().description('The id of what the event tells of.'),
    occurredAt: moment().optional(),
    parkedAt: moment(),
    attempts: count().optional().description('How often the service tried; missing where nobody counted.'),
    error: text().description('Why the service gave up, in its own words. What looks like a secret is cut out.'),
  },
);

const replayAnswer = view('ParkedEventReplay', 'A parked event that was handed back.', { id: id(), consumer });

const away = { 503: ['DEPENDENCY_UNAVAILABLE'] } as const;

export const PARKED_EVENT_OPERATIONS = operations(UPKEEP, {
  listParkedEvents: { answer: pageOf(parkedEventAnswer), problems: away },
  replayParkedEvent: {
    answer: one(replayAnswer),
    unversioned: true,
    problems: { 404: ['PARKED_EVENT_NOT_FOUND'], 409: ['PARKED_EVENT_BUSY'], ...away },
  },
});
