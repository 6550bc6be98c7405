import { answerSchema, keep, type Components } from './json-schema.js';
import type { Json } from './plain-schema.js';
import type { ProblemMembers } from './problems.js';

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

const PROBLEM = { $ref: '#/components/schemas/Problem' };
const inCode = (code: string): string => `\`${code}\``;

/** TICKET_MERGED is the problem TicketMergedProblem. */
const nameOf = (code: string): string => `${code.toLowerCase().replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase())}Problem`;

/** A problem document with further members, among the components. */
const problemWith = (code: string, members: ProblemMembers[string], components: Components): Json => {
  const { properties, required = [] } = answerSchema(members, components) as { properties: Json; required?: readonly string[] };
  const own = { type: 'object', required: ['code', ...required], properties: { code: { const: code }, ...properties } };
  keep(components, nameOf(code), { description: `The refusal ${inCode(code)}.`, allOf: [PROBLEM, own] });
  return { $ref: `#/components/schemas/${nameOf(code)}` };
};

/** The description of a refusal with one of these codes. Problem documents with further members go to `components`. */
export const refusal = (status: number, codes: readonly string[], members: ProblemMembers, components: Components): Response => {
  const [bare, more] = [codes.filter((code) => !(code in members)), codes.filter((code) => code in members)];
  const alternatives = [
    ...(bare.length === 0 ? [] : [{ allOf: [PROBLEM, { type: 'object', properties: { code: { type: 'string', enum: bare } } }] }]),
    ...more.flatMap((code) => (members[code] === undefined ? [] : [problemWith(code, members[code], components)])),
  ];
  return {
    description: codes.map(inCode).join(', '),
    headers: refusalHeaders(status, codes),
    content: { 'application/problem+json': { schema: alternatives.length === 1 ? alternatives[0] : { anyOf: alternatives } } },
  };
};
