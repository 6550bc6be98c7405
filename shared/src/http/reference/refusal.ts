import type { Json } from './plain-schema.js';

/** A response object of OpenAPI. */
export interface Response {
  readonly description: string;
  readonly headers: Json;
  readonly content?: Json;
}

export const headerReference = (name: string): Json => ({ $ref: `#/components/headers/${name}` });

/** Refusals after which the client is told when to try again. */
const isPassing = (status: number, codes: readonly string[]): boolean =>
  status === 429 || status === 503 || codes.includes('REQUEST_IN_PROGRESS');

export const refusalHeaders = (status: number, codes: readonly string[] = []): Json => ({
  'X-Request-Id': headerReference('X-Request-Id'),
  ...(isPassing(status, codes) ? { 'Retry-After': headerReference('Retry-After') } : {}),
});

/** The description of a refusal with one of these codes. */
export const refusal = (status: number, codes: readonly string[]): Response => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  headers: refusalHeaders(status, codes),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: codes } } }],
      },
    },
  },
});
