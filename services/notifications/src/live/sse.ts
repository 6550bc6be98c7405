import type { ServerResponse } from 'node:http';
import type { Outlet } from './outlet.js';

/** One line each: JSON has no line breaks of its own. */
const block = (event: string | undefined, id: string | undefined, data: unknown): string =>
  `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** How long, in ms, browsers wait before they come back. */
const RETRY_MS = 2_000;

/** Server-sent events (the HTML standard, 9.2) on a response whose head is sent. */
export const createSseOutlet = (response: ServerResponse): Outlet => {
  const write = (text: string): void => {
    if (!response.writableEnded && !response.destroyed) response.write(text);
  };
  return {
    ready: (id, topics) => write(`retry: ${RETRY_MS}\n${block('ready', id, { id, type: 'ready', topics })}`),
    reset: (id) => write(block('reset', id, { id, type: 'reset' })),
    tell: (message) => write(block(undefined, message.id, message)),
    gone: (message) => write(block('gone', message.id, { ...message, type: 'gone' })),
    // An id alone moves the client's place on and is no event for it.
    beat: (id) => write(`: still here\nid: ${id}\n\n`),
    end: (reason) => {
      if (reason === 'TOO_SLOW') response.destroy();
      else if (!response.writableEnded) response.end(block('end', undefined, { type: 'end', reason }));
    },
    unsent: () => response.writableLength,
  };
};
