import { bytes } from '@riparo/shared/http/reference/answer';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { operations, type Tag } from '@riparo/shared/http/route';
import { MAX_PER_PERSON } from './hub.js';

const LIVE: Tag = { name: 'Live updates', about: 'Changes of what you may see, as they happen.' };

const STREAMS: LimitClass = {
  name: 'live-streams',
  code: 'TOO_MANY_STREAMS',
  about: `${MAX_PER_PERSON} open streams of one person at each instance, WebSockets included.`,
};

export const LIVE_OPERATIONS = operations(LIVE, {
  streamEvents: {
    answer: bytes(['text/event-stream']),
    problems: { 403: ['FORBIDDEN'], 404: ['TICKET_NOT_FOUND', 'REPAIR_NOT_FOUND'] },
    limits: [STREAMS],
  },
});
