import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '../errors/domain-error.js';
import type { SignedBody, SignedRule } from './route.js';
import { SMALL_BODY, type UploadRoom } from './upload-budget.js';

/** Largest JSON body, in bytes. */
export const JSON_LIMIT = 1024 * 1024;

const unsupported = (): DomainError =>
  new DomainError('unsupported-media-type', 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as JSON, with "Content-Type: application/json".');

const incomplete = (): DomainError => new DomainError('malformed', 'INCOMPLETE_BODY', 'The body ended early.');

const hasBody = ({ headers }: Request): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** How many bytes a body may become: of one that is compressed or has no length, nobody knows before. */
const sizeOf = ({ headers }: Request, limit: number): number =>
  headers['content-length'] === undefined || (headers['content-encoding'] ?? 'identity') !== 'identity'
    ? limit
    : Math.min(Number(headers['content-length']), limit);

/** JSON is UTF-8, but what says that it is UTF-16 is read as that. */
const decoderOf = ({ headers }: Request): TextDecoder => {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  if (!charset.startsWith('utf-')) throw unsupported();
  try {
    // Without `fatal` it would put U+FFFD in the place of every other byte, and it would be kept.
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw unsupported();
  }
};

const parsed = (decoder: TextDecoder, bytes: Buffer): unknown => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new DomainError('malformed', 'MALFORMED_JSON', 'The body is not well-formed UTF-8.');
  }
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new DomainError('malformed', 'MALFORMED_JSON', 'The body is not well-formed JSON.');
  }
};

const createTurns = (): (() => Promise<void>) => {
  let last = Promise.resolve();
  return () => (last = last.then(() => setImmediate()));
};

/** One large body is parsed in each turn of the process's event loop: many that come at once hold up nobody else. */
const nextTurn = createTurns();

/**
 * Reads a JSON body; a missing body is an empty object. A text, number or list at the top level is well-formed JSON:
 * the schema refuses it. A body that is not small is charged to the room of `openRoom` before the first byte is read.
 */
export const createJsonReader = (
  limit = JSON_LIMIT,
): ((request: Request, response: Response, openRoom: () => UploadRoom) => Promise<unknown>) => {
  const read: RequestHandler = express.raw({ limit, type: () => true });
  return async (request, response, openRoom) => {
    if (!hasBody(request)) return {};
    if (!request.is(['application/json', 'application/*+json'])) throw unsupported();
    const decoder = decoderOf(request);
    const size = sizeOf(request, limit);
    if (size > SMALL_BODY) openRoom().need(size);
    await new Promise<void>((resolve, reject) => {
      // body-parser waits without end for the rest of a compressed body whose sender has gone.
      response.once('close', () => reject(incomplete()));
      read(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(bodyError(error));
      });
    });
    if (size > SMALL_BODY) await nextTurn();
    return parsed(decoder, request.body as Buffer);
  };
};

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/**
 * Reads the form of a page that people open: small, and each field as it was typed. Nothing else than a form is read. Of a
 * multipart form the fields are left aside: no page has one, and a mail program's one click (RFC 8058) says all in its address.
 */
export const createFormReader = (): ((request: Request, response: Response) => Promise<unknown>) => {
  const parseFields: RequestHandler = express.urlencoded({ limit: SMALL_BODY, extended: false, type: FORM });
  const skip: RequestHandler = express.raw({ limit: SMALL_BODY, type: MULTIPART });
  return async (request, response) => {
    if (!hasBody(request)) return {};
    const isMultipart = request.is(MULTIPART) !== false;
    const parse = isMultipart ? skip : parseFields;
    if (!isMultipart && !request.is(FORM))
      throw new DomainError('unsupported-media-type', 'UNSUPPORTED_MEDIA_TYPE', `Send the form as "${FORM}".`);
    await new Promise<void>((resolve, reject) => {
      response.once('close', () => reject(incomplete()));
      parse(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(bodyError(error));
      });
    });
    return isMultipart ? {} : (request.body as unknown);
  };
};

/** Largest signed body, in bytes, unless the route says otherwise. Whoever signs it is known once it was read, so nobody is turned away before. */
const SIGNED: SignedRule = { maxBytes: 256 * 1024, admit: () => undefined };

const headerOf = ({ headers }: Request, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** Reads a body that somebody outside has signed, as the bytes that were signed. */
export const createSignedReader = (
  header: string,
  { maxBytes, admit } = SIGNED,
): ((request: Request, response: Response, openRoom: () => UploadRoom) => Promise<SignedBody>) => {
  const parse: RequestHandler = express.raw({ limit: maxBytes, inflate: false, type: () => true });
  return async (request, response, openRoom) => {
    const signature = headerOf(request, header);
    admit(signature);
    const size = sizeOf(request, maxBytes);
    if (size > SMALL_BODY) openRoom().need(size);
    await new Promise<void>((resolve, reject) => {
      response.once('close', () => reject(incomplete()));
      parse(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(bodyError(error, maxBytes));
      });
    });
    const bytes: unknown = request.body;
    return { bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0), signature };
  };
};

/** body-parser's errors by their `type` (https://github.com/expressjs/body-parser#errors). */
const bodyError = (error: unknown, limit = JSON_LIMIT): Error => {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new DomainError('too-large', 'PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes.`);
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return unsupported();
    case 'entity.parse.failed':
      return new DomainError('malformed', 'MALFORMED_JSON', 'The body is not well-formed JSON.');
    case 'request.aborted':
    case 'request.size.invalid':
      return incomplete();
    default:
      return error instanceof Error ? error : new Error('unreadable body', { cause: error });
  }
};
