import { code } from '@riparo/shared/http/schemas';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Hub } from './hub.js';
import { createSseOutlet } from './sse.js';
import { readTopics } from './topics.js';
import { viewerOf } from './viewer.js';

interface Query {
  readonly topics: string;
}

export const eventStreamQuery = Joi.object<Query>({
  topics: code(4_000)
    .required()
    .description('With commas between: `me`, `appointments`, `tickets/ID`, `repairs/ID`, and for staff `queue`, `board`.'),
});

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // nginx and its like would otherwise keep events back until their buffer is full.
  'X-Accel-Buffering': 'no',
};

/** `GET /events/stream`. What can be refused is refused before the stream begins, as a GET of the same things would be. */
export const openEventStream =
  ({ hub }: { readonly hub: Hub }) =>
  async ({ caller, query, stream }: Call<unknown, Query>): Promise<Reply> => {
    const viewer = viewerOf(caller, stream?.token ?? '');
    const topics = readTopics(query.topics.split(','), 'topics');
    hub.checkRoom(viewer);
    const digests = await hub.authorise(viewer, topics);
    return {
      status: 200,
      headers: HEADERS,
      stream: (response) => {
        const opened = hub.open({ viewer, topics, digests, after: stream?.lastEventId, outlet: createSseOutlet(response) });
        const leave = async (): Promise<void> => (await opened)?.close();
        const onClose = (): void => void leave().catch(() => response.destroy());
        if (response.destroyed) onClose();
        else response.once('close', onClose);
        opened.catch(() => response.destroy());
      },
    };
  };
