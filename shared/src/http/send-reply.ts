import type { Request, Response } from 'express';
import type { Reply } from './route.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Sends a use case's answer. Not through `res.json`, whose hashing of every body for a weak ETag would cost more than
 * the rest of it, and whose 304 would be wrong for views that show more than their entity's version counts.
 */
export const sendReply = (request: Request, response: Response, { status, body, headers }: Reply): void => {
  response.statusCode = status;
  // Answers belong to their caller; no shared cache may keep them.
  response.setHeader('Cache-Control', 'no-store');
  if (headers !== undefined) for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) {
    response.end();
    return;
  }
  // A text goes out in one piece with the headers, a Buffer in two.
  const content = Buffer.isBuffer(body) ? body : JSON.stringify(body);
  if (!response.hasHeader('Content-Type'))
    response.setHeader('Content-Type', Buffer.isBuffer(body) ? 'application/octet-stream' : JSON_TYPE);
  response.setHeader('Content-Length', Buffer.byteLength(content));
  if (request.method === 'HEAD') response.end();
  else response.end(content);
};
