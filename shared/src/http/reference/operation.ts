import type Joi from 'joi';
import { ROLES } from '../../contracts/roles.js';
import { roleMay, type Permission } from '../../contracts/permissions.js';
import type { Access, Route, UploadRule } from '../route.js';
import { fields, nothing, type Answer, type OtherAnswer } from './answer.js';
import { answerSchema, requestSchema, type Components } from './json-schema.js';
import type { Json } from './plain-schema.js';
import { commonRefusal, limitsOf, membersOf, problemsOf, takesIfMatch } from './problems.js';
import { headerReference as reference, refusal, refusalHeaders, type Response } from './refusal.js';

const UUID = { type: 'string', format: 'uuid' };
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const parameters = (schema: Joi.ObjectSchema, place: 'query' | 'path', components: Components): readonly Json[] => {
  const { properties = {}, required = [] } = requestSchema(schema, components) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
};

const pathNames = (path: string): readonly string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

const pathParameters = ({ input, path }: Route, components: Components): readonly Json[] =>
  input.params === undefined
    ? pathNames(path).map((name) => ({ name, in: 'path', required: true, schema: UUID }))
    : parameters(input.params, 'path', components);

const permissionsOf = (access: Access): readonly Permission[] =>
  access === 'public' || access === 'signed-in' || access === 'internal' ? [] : typeof access === 'string' ? [access] : access;

const accessText = (access: Access): string => {
  if (access === 'public') return 'For everybody.';
  if (access === 'signed-in') return 'For everybody signed in.';
  return `Needs the permission ${permissionsOf(access)
    .map((permission) => `\`${permission}\``)
    .join(' or ')}.`;
};

/** What programs may want to know of the guard: `x-permissions` (one of them is needed) and the roles that have one. */
const guardOf = ({ access }: Route): Json => {
  const permissions = permissionsOf(access);
  if (permissions.length === 0) return {};
  const roles = ROLES.filter((role) => permissions.some((permission) => roleMay(role, permission)));
  return { 'x-permissions': permissions, 'x-roles': roles };
};

const rateOf = (route: Route): Json => (limitsOf(route).length === 0 ? {} : { 'x-rate-limit': limitsOf(route) });

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const KEY = header('Idempotency-Key', 'The same key and body within 24 hours make nothing twice.');
const IF_MATCH = header('If-Match', 'The ETag of what was read, or a list of them; 412 when it has changed since. `*` asks for none.');
const IF_NONE_MATCH = header('If-None-Match', 'The ETag of what was read, or a list of them; 304 when it is still the same.');

const fileOf = ({ field, maxBytes }: UploadRule): Json => ({
  type: 'object',
  required: [field],
  properties: { [field]: { type: 'string', format: 'binary', description: `At most ${maxBytes} bytes.` } },
});

const bodyOf = ({ upload, input, page }: Route, components: Components): Json => {
  if (upload !== undefined) return { requestBody: { required: true, content: { 'multipart/form-data': { schema: fileOf(upload) } } } };
  if (input.body === undefined) return {};
  return {
    requestBody: { required: true, content: { [page ? FORM_TYPE : JSON_TYPE]: { schema: requestSchema(input.body, components) } } },
  };
};

const envelope = (properties: Json): Json => ({ type: 'object', required: Object.keys(properties), properties });
const TIMESTAMP = { type: 'string', format: 'date-time', description: 'When the answer was made.' };
const MESSAGE = { type: 'string', description: 'A sentence for people.' };

const contentOf = (answer: Answer, components: Components): Json => {
  switch (answer.kind) {
    case 'one': {
      const { properties, ...rest } = envelope({ data: answerSchema(answer.data, components), timestamp: TIMESTAMP });
      return { [JSON_TYPE]: { schema: { ...rest, properties: { ...(properties as Json), message: MESSAGE } } } };
    }
    case 'page': {
      const data = { type: 'array', items: answerSchema(answer.item, components) };
      const { properties } = answerSchema(fields(answer.beside ?? {}), components) as { properties?: Json };
      return { [JSON_TYPE]: { schema: envelope({ data, pagination: { $ref: '#/components/schemas/Pagination' }, ...properties }) } };
    }
    case 'plain':
      return { [JSON_TYPE]: { schema: answerSchema(answer.body, components) } };
    case 'file':
      return {
        ...Object.fromEntries(answer.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
        ...(answer.others === undefined ? {} : contentOf(answer.others, components)),
      };
    case 'nothing':
      return {};
  }
};

const hasVersion = (answer: Answer | undefined): boolean => {
  if (answer?.kind !== 'one') return false;
  const named: Components = new Map();
  const { $ref, properties } = answerSchema(answer.data, named) as { $ref?: string; properties?: object };
  const shape = $ref === undefined ? { properties } : named.get($ref.split('/').at(-1) ?? '');
  return 'version' in ((shape?.properties as object | undefined) ?? {});
};

const headersOf = ({ answer, success, headers = {} }: Route): Json => ({
  ...(hasVersion(answer) ? { ETag: reference('ETag') } : {}),
  ...(success === 201 && answer?.kind === 'one' ? { Location: reference('Location') } : {}),
  ...Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }])),
  'X-Request-Id': reference('X-Request-Id'),
  RateLimit: reference('RateLimit'),
  'RateLimit-Policy': reference('RateLimit-Policy'),
});

const withContent = (content: Json): { readonly content?: Json } => (Object.keys(content).length === 0 ? {} : { content });

const successOf = (route: Route, components: Components): Response => ({
  description: route.summary,
  headers: headersOf(route),
  ...withContent(route.answer === undefined ? {} : contentOf(route.answer, components)),
});

const GO_ON = { description: 'The page to go on to.', schema: { type: 'string', format: 'uri-reference' } };

/** An answer that is no refusal with a code, beside the refusals of its status if there are any. */
const otherOf = (
  route: Route,
  status: string,
  { about, answer }: OtherAnswer,
  refused: Response | undefined,
  components: Components,
): Response => ({
  description: refused === undefined ? about : `${about} Otherwise ${refused.description}.`,
  headers:
    Number(status) < 400 ? { ...headersOf(route), ...(status === '303' ? { Location: GO_ON } : {}) } : refusalHeaders(Number(status)),
  ...withContent({ ...contentOf(answer, components), ...refused?.content }),
});

const SIGNED_OUT: OtherAnswer = { about: 'Nobody is signed in: `Location` is the sign-in page, which leads back here.', answer: nothing };

const othersOf = ({ access, cookies, others = {} }: Route): Readonly<Record<string, OtherAnswer>> =>
  access !== 'public' && cookies !== undefined ? { ...others, 303: SIGNED_OUT } : others;

const responsesOf = (route: Route, components: Components): Json => {
  const { success } = route;
  const others = othersOf(route);
  const members = membersOf(route);
  const refusals = Object.entries(problemsOf(route)).map(([status, codes]) => {
    const common = status in others ? undefined : commonRefusal(Number(status), codes, members);
    const response =
      common === undefined ? refusal(Number(status), codes, members, components) : { $ref: `#/components/responses/${common}` };
    return [status, response] as const;
  });
  const responses = Object.fromEntries<Json | Response>([[success, successOf(route, components)], ...refusals]);
  for (const [status, other] of Object.entries(others))
    responses[status] = otherOf(route, status, other, responses[status] as Response | undefined, components);
  return responses;
};

const securityOf = ({ access, cookies }: Route): readonly Json[] => {
  if (access === 'public') return [];
  return [cookies === undefined ? { bearer: [] } : { cookie: [] }];
};

/** One operation of the reference. Named shapes go to `components`. */
export const describeOperation = (route: Route, components: Components): Json => ({
  operationId: route.id,
  tags: [route.tag?.name],
  summary: route.summary,
  description: accessText(route.access),
  security: securityOf(route),
  ...guardOf(route),
  ...rateOf(route),
  parameters: [
    ...pathParameters(route, components),
    ...(route.input.query === undefined ? [] : parameters(route.input.query, 'query', components)),
    ...(route.creates ? [KEY] : []),
    ...(takesIfMatch(route) ? [IF_MATCH] : []),
    ...(route.others?.[304] === undefined ? [] : [IF_NONE_MATCH]),
  ],
  ...bodyOf(route, components),
  responses: responsesOf(route, components),
});
