import type { Json } from './plain-schema.js';

export const headerReference = (name: string): Json => ({ $ref: `#/components/headers/${name}` });

const isToBeRepeated = (status: number): boolean => status === 429 || status === 503;

/** The description of a refusal with one of these codes. */
export const refusal = (status: number, codes: readonly string[]): Json => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  headers: {
    'X-Request-Id': headerReference('X-Request-Id'),
    ...(isToBeRepeated(status) ? { 'Retry-After': headerReference('Retry-After') } : {}),
  },
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: codes } } }],
      },
    },
  },
});
