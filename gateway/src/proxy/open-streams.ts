import type { RequestHandler, Response } from 'express';

export interface OpenStreams {
  /** Before the handler that passes the stream on. */
  readonly watch: RequestHandler;
  /** Ends the streams, with a word where it fits. */
  end(): void;
}

const LAST_WORD = 'event: end\ndata: {"type":"end","reason":"STOPPING"}\n\n';
const EVENT_END = '\n\n';

/** The server-sent events that pass through this gateway. */
export const createOpenStreams = (): OpenStreams => {
  // Each with whether an event is under way: a word in the middle of it would spoil both.
  const open = new Map<Response, { isWhole: boolean }>();
  return {
    watch: (_request, response, next) => {
      const state = { isWhole: true };
      const write = response.write.bind(response);
      response.write = ((chunk: Buffer, ...rest: []) => {
        state.isWhole = chunk.toString('latin1', Math.max(0, chunk.length - 2)) === EVENT_END;
        return write(chunk, ...rest);
      }) as Response['write'];
      response.locals.streamed = true;
      // What the service still sends comes after the end.
      response.on('error', () => undefined);
      response.once('close', () => open.delete(response));
      open.set(response, state);
      next();
    },
    end: () => {
      for (const [response, { isWhole }] of open) if (response.headersSent) response.end(isWhole ? LAST_WORD : undefined);
    },
  };
};
