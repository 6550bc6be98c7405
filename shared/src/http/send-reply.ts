import type { Request, Response } from 'express';
import type { Reply } from './route.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Headers that tell browsers how to treat pages. */
const OF_PAGES = /^(?:content-security|cross-origin|origin-agent|referrer|x-dns|x-download|x-frame|x-permitted|x-xss)/;

/** A stream stays open for hours, and there are thousands: what only its opening needed is let go, some 3 KB of 20. */
const lighten = (request: Request, response: Response): void => {
  for (const name of response.getHeaderNames()) if (OF_PAGES.test(name)) response.removeHeader(name);
  Object.assign(request, { headers: {}, rawHeaders: [], next: undefined, _parsedUrl: undefined });
};

/**
 * Sends a use case's answer, without `res.json`. `res.json` hashes every body for a weak ETag, which costs more than
 * the rest of the answer. Its 304 would also be wrong: some views show more than the version of their entity counts.
 */
export const sendReply = (request: Request, response: Response, { status, body, headers, stream }: Reply): void => {
  response.statusCode = status;
  // An answer is for its caller alone; no shared cache may keep it.
  response.setHeader('Cache-Control', 'no-store');
  if (headers !== undefined) for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (stream !== undefined && request.method !== 'HEAD') {
    response.locals.streamed = true;
    lighten(request, response);
    response.flushHeaders();
    stream(response);
    return;
  }
  if (body === undefined) {
    response.end();
    return;
  }
  // Node sends a text together with the headers in one piece, a Buffer in two pieces.
  const content = Buffer.isBuffer(body) ? body : JSON.stringify(body);
  if (!response.hasHeader('Content-Type'))
    response.setHeader('Content-Type', Buffer.isBuffer(body) ? 'application/octet-stream' : JSON_TYPE);
  response.setHeader('Content-Length', Buffer.byteLength(content));
  if (request.method === 'HEAD') response.end();
  else response.end(content);
};
