import { pageCookiesOf } from '../page-session.js';
import type { Components } from './json-schema.js';
import { COMMON_REFUSALS, membersOf } from './problems.js';
import { refusal } from './refusal.js';
import type { Json } from './plain-schema.js';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };

const Problem: Json = {
  type: 'object',
  description: 'A refusal (RFC 9457). `code` says which one. Refusals with further members have schemas of their own.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { ...text, format: 'uri-reference' },
    title: text,
    status: { type: 'integer' },
    detail: { ...text, description: 'A sentence for people: what is wrong and what to do.' },
    code: { ...text, description: 'What programs rely on.' },
    requestId: { ...text, description: 'Quote it when you ask for help.' },
    errors: {
      type: 'array',
      description: 'All faults of the input at once.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { ...text, description: 'Dotted, from the root of body or query: `device.serialNumber`.' }, message: text },
      },
    },
  },
  additionalProperties: true,
};

const Pagination: Json = {
  type: 'object',
  description: 'Where a page stands among the others.',
  required: ['page', 'pageSize', 'totalPages', 'totalCount'],
  properties: {
    page: { type: 'integer', minimum: 1 },
    pageSize: { type: 'integer', minimum: 1 },
    totalPages: whole,
    totalCount: whole,
    totalIsLowerBound: { const: true, description: 'Counting ended before the end: there are at least so many.' },
    searchIsPartial: { const: true, description: 'Some texts have more words than are searched.' },
  },
};

const describeCommonRefusals = () => {
  const named: Components = new Map();
  const described = Object.entries(COMMON_REFUSALS).map(([name, [status, codes]]) => [
    name,
    { ...refusal(status, codes, membersOf({}), named) },
  ]);
  return { responses: Object.fromEntries(described) as Readonly<Record<string, Json>>, schemas: Object.fromEntries(named) };
};
const { responses, schemas } = describeCommonRefusals();

const header = (description: string, schema: Json = text): Json => ({ description, schema });

/** What every service's part of the reference has. */
export const COMPONENTS = {
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The `token` of signing in.' },
  },
  schemas: { Problem, Pagination, ...schemas },
  responses,
  headers: {
    ETag: header('The version that was answered, for `If-Match`.'),
    Location: header('Where what was made can be read.', { ...text, format: 'uri-reference' }),
    'X-Request-Id': header('The id under which logs know this request.'),
    'Retry-After': header('Seconds to wait before the next try.', { type: 'integer', minimum: 0 }),
    RateLimit: header('What is left of the limit that counts (IETF draft 8).'),
    'RateLimit-Policy': header('The limits that count (IETF draft 8).'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Of pages that are signed in to, where there are any. */
export const COOKIE_SCHEME = {
  type: 'apiKey',
  in: 'cookie',
  name: pageCookiesOf('').session,
  description: 'Of `/sign-in`, for pages that people open in a browser, and nothing else. Behind TLS its name begins with `__Host-`.',
};
