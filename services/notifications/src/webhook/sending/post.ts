import { lookup as lookUp } from 'node:dns/promises';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { type LookupFunction } from 'node:net';
import { isInside, literalAddressOf } from './addresses.js';

/** Why there is no answer. */
export const POST_FAULTS = [
  'ADDRESS_NOT_ALLOWED',
  'NAME_NOT_FOUND',
  'CONNECTION_REFUSED',
  'TLS_FAILED',
  'TIMED_OUT',
  'BROKEN_OFF',
] as const;
export type PostFault = (typeof POST_FAULTS)[number];

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string; readonly excerpt: string }
  | { readonly kind: 'fault'; readonly fault: PostFault };

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the attempt early: the process stops. */
  readonly signal?: AbortSignal;
}

export type Post = (message: Message) => Promise<Posted>;

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface PostOptions {
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  /** What names stand for; default: as the machine says. */
  readonly resolve?: (hostname: string) => Promise<readonly Resolved[]>;
  /** Default: `isInside`. */
  readonly inside?: (address: string) => boolean;
}

/** What of an answer is read and kept: enough for a message of error. */
const MAX_EXCERPT_BYTES = 1_024;

const NOT_ALLOWED = 'RIPARO_ADDRESS_NOT_ALLOWED';
const notAllowed = (): NodeJS.ErrnoException =>
  Object.assign(new Error('every address of this name is inside of a network'), { code: NOT_ALLOWED });

const NOT_FOUND = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL']);
const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES']);
const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH)/;

const faultOf = (error: unknown): PostFault => {
  const { code = '' } = error as { readonly code?: string };
  if (code === NOT_ALLOWED) return 'ADDRESS_NOT_ALLOWED';
  if (NOT_FOUND.has(code)) return 'NAME_NOT_FOUND';
  if (REFUSED.has(code)) return 'CONNECTION_REFUSED';
  if (code === 'ETIMEDOUT') return 'TIMED_OUT';
  return TLS.test(code) ? 'TLS_FAILED' : 'BROKEN_OFF';
};

const resolveName = (hostname: string): Promise<readonly Resolved[]> => lookUp(hostname, { all: true });

/**
 * Posts to addresses that strangers name. What a name stands for is looked up once for each connection, checked, and that very
 * address is connected to: a name that says something else a moment later changes nothing. Redirects are answers like others,
 * no proxy of the environment is used, and no connection is kept for the next message.
 */
export const createPost = ({ timeoutMs, allowPrivate, resolve = resolveName, inside = isInside }: PostOptions): Post => {
  const isAllowed = (address: string): boolean => allowPrivate || !inside(address);
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (all) => {
        const [first, ...rest] = all.filter(({ address }) => isAllowed(address));
        if (first === undefined) callback(notAllowed(), '');
        else if (options.all === true) callback(null, [first, ...rest]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };
  const http = new HttpAgent({ keepAlive: false });
  const https = new HttpsAgent({ keepAlive: false });

  return ({ url: text, headers, body, signal }) =>
    new Promise((done) => {
      const url = new URL(text);
      const literal = literalAddressOf(url);
      // Nothing is looked up for an address.
      if (literal !== undefined && !isAllowed(literal)) {
        done({ kind: 'fault', fault: 'ADDRESS_NOT_ALLOWED' });
        return;
      }
      const secure = url.protocol === 'https:';
      const options: RequestOptions = { method: 'POST', headers, lookup, agent: secure ? https : http };
      const request = secure ? requestHttps(url, options) : requestHttp(url, options);
      let answer: IncomingMessage | undefined;
      let [read, finished] = [Buffer.alloc(0), false];
      const finish = (posted: Posted): void => {
        if (finished) return;
        finished = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        request.destroy();
        done(posted);
      };
      /** The status says how it went, whatever becomes of the rest of the answer. */
      const end = (fault: PostFault): void => finish(answer === undefined ? { kind: 'fault', fault } : answeredBy(answer, read));
      const abort = (): void => end('BROKEN_OFF');
      const timer = setTimeout(() => end('TIMED_OUT'), timeoutMs);
      signal?.addEventListener('abort', abort);
      request.on('error', (error) => end(faultOf(error)));
      request.on('response', (response) => {
        answer = response;
        response.on('data', (chunk: Buffer) => {
          read = Buffer.concat([read, chunk.subarray(0, MAX_EXCERPT_BYTES - read.length)]);
          if (read.length >= MAX_EXCERPT_BYTES) end('BROKEN_OFF');
        });
        response.on('end', () => end('BROKEN_OFF'));
        response.on('error', () => end('BROKEN_OFF'));
        response.on('close', () => end('BROKEN_OFF'));
      });
      request.end(body);
    });
};

const answeredBy = ({ statusCode = 0, headers }: IncomingMessage, read: Buffer): Posted => {
  const retryAfter = headers['retry-after'];
  return {
    kind: 'answered',
    status: statusCode,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    excerpt: read
      .toString('utf8')
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .trim(),
  };
};
