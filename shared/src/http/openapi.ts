import Joi from 'joi';
import joiToJson from 'joi-to-json';
import type { Access, Route, UploadRule } from './route.js';
import { pathOf } from './path.js';

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json;
}

// The library's types declare a default export; at run time the module itself is the function.
const parseJoi = joiToJson as unknown as typeof joiToJson.default;

const UUID = Joi.string().uuid();

const toJson = (schema: Joi.Schema): Json => parseJoi(schema, 'open-api-3.1') as Json;

const parameters = (schema: Joi.ObjectSchema | undefined, place: 'query' | 'path'): readonly Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJson(schema) as { properties?: Record<string, Json>; required?: readonly string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
};

const pathNames = (path: string): readonly string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

const defaultParams = (path: string): Joi.ObjectSchema =>
  Joi.object(Object.fromEntries(pathNames(path).map((name) => [name, UUID.required()])));

const accessText = (access: Access): string => {
  if (access === 'public') return 'Public.';
  if (access === 'signed-in') return 'Anybody signed in.';
  if (access === 'internal') return 'Riparo services only.';
  return `Needs ${[access]
    .flat()
    .map((permission) => `\`${permission}\``)
    .join(' or ')}.`;
};

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const refusals = (route: Route): readonly number[] => [
  ...(route.access === 'public' ? [] : [401]),
  ...(Array.isArray(route.access) || String(route.access).includes(':') ? [403] : []),
  ...(route.path.includes(':') ? [404] : []),
  ...(route.method === 'GET' ? [] : [400, 409, 413, 415]),
  ...(['PUT', 'PATCH', 'DELETE'].includes(route.method) ? [412] : []),
  422,
  429,
  503,
];

const problem = { $ref: '#/components/responses/Problem' };

const operation = (service: string, route: Route): Json => ({
  operationId: `${route.method.toLowerCase()}_${route.path.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '')}`,
  tags: [service],
  summary: route.summary,
  description: accessText(route.access),
  security: route.access === 'public' ? [] : [{ bearer: [] }],
  parameters: [
    ...parameters(route.input.params ?? defaultParams(route.path), 'path'),
    ...parameters(route.input.query, 'query'),
    ...(route.creates ? [header('Idempotency-Key', 'The same key and body within 24 hours make nothing twice.')] : []),
    ...(['PUT', 'PATCH', 'DELETE'].includes(route.method)
      ? [header('If-Match', 'The ETag of what was read, or a list of them; 412 when it has changed since. `*` asks for none.')]
      : []),
  ],
  ...(route.upload === undefined
    ? {}
    : { requestBody: { required: true, content: { 'multipart/form-data': { schema: fileOf(route.upload) } } } }),
  ...(route.input.body === undefined
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: toJson(route.input.body) } } } }),
  responses: {
    [route.success]: { description: 'Success.' },
    ...Object.fromEntries(refusals(route).map((status) => [status, problem])),
  },
});

const text = { type: 'string' };

const fileOf = ({ field }: UploadRule) => ({
  type: 'object',
  required: [field],
  properties: { [field]: { type: 'string', format: 'binary' } },
});

const PROBLEM_SCHEMA: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: text,
    requestId: text,
    errors: { type: 'array', items: { type: 'object', properties: { path: text, message: text }, required: ['path', 'message'] } },
  },
};

/** The API reference of a route table. The schemas that check requests make it, so reference and behaviour cannot differ. */
export const describeRoutes = (service: string, routes: readonly Route[], version = '1'): OpenApiDocument => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes.filter(({ access }) => access !== 'internal')) {
    const path = pathOf(route).replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(service, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: `Riparo: ${service}`, version },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: {
        Problem: {
          description: 'A problem document; `code` says which one.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
};
