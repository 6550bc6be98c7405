import { isObject, type Json } from '@riparo/shared/http/reference/plain-schema';
import { skeletonOf } from './body-skeleton.js';
import type { mergeReferences } from './merge-references.js';

type Reference = ReturnType<typeof mergeReferences>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema?: Json;
}

interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Json[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Json>> };
}

const ABOUT = `Every operation of the Riparo API.

1. Set the variable \`baseUrl\` of the collection, where it is not \`http://localhost:8080\`.
2. Send the request of the folder *Sign-in* that signs in, with your e-mail address and password. It keeps the token in the variable \`token\`, and all other requests send it.`;

const BEARER = { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] };

/** Runs after the answer to a sign-in. */
const KEEP_TOKEN = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: ["if (pm.response.code === 200) pm.collectionVariables.set('token', pm.response.json().data.token);"],
  },
};
const SIGN_IN = 'signIn';

const about = (description: string | undefined): Json => (description === undefined ? {} : { description });

const valueOf = ({ example, schema = {} }: Parameter): string => {
  const value = example ?? schema.example ?? schema.default ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** What need not be sent is listed, and switched off. */
const entryOf = (parameter: Parameter): Json => ({
  key: parameter.name,
  value: valueOf(parameter),
  ...about(parameter.description),
  ...(parameter.required ? {} : { disabled: true }),
});

const urlOf = (path: string, parameters: readonly Parameter[]): Json => {
  const steps = path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const query = parameters.filter((one) => one.in === 'query').map(entryOf);
  const needed = query.flatMap(({ key, value, disabled }) => (disabled ? [] : [`${String(key)}=${String(value)}`])).join('&');
  return {
    raw: `{{baseUrl}}/${steps}${needed === '' ? '' : `?${needed}`}`,
    host: ['{{baseUrl}}'],
    path: steps.split('/'),
    query,
    variable: parameters
      .filter((one) => one.in === 'path')
      .map((one) => ({ key: one.name, value: valueOf(one), ...about(one.description) })),
  };
};

const exampleOf = ({ example, examples, schema }: Json, schemas: Json): unknown => {
  const [first] = isObject(examples) ? Object.values(examples) : [];
  return example ?? (isObject(first) ? first.value : undefined) ?? skeletonOf(schema, schemas);
};

const formOf = ({ properties }: Json): Json => ({
  mode: 'formdata',
  formdata: Object.entries(isObject(properties) ? properties : {}).map(([key, field]) =>
    isObject(field) && field.format === 'binary' ? { key, type: 'file', src: null } : { key, type: 'text', value: '' },
  ),
});

const bodyOf = ({ requestBody }: Operation, schemas: Json): Json => {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (media === undefined) return {};
  if (type === 'multipart/form-data') return { body: formOf(isObject(media.schema) ? media.schema : {}) };
  return { body: { mode: 'raw', raw: JSON.stringify(exampleOf(media, schemas), null, 2), options: { raw: { language: 'json' } } } };
};

const headersOf = (parameters: readonly Parameter[], { body }: Json): readonly Json[] => [
  ...(isObject(body) && body.mode === 'raw' ? [{ key: 'Content-Type', value: 'application/json' }] : []),
  ...parameters.filter((one) => one.in === 'header').map(entryOf),
];

const requestOf = (method: string, path: string, operation: Operation, schemas: Json): Json => {
  const { operationId, summary, description, security = [], parameters = [] } = operation;
  const body = bodyOf(operation, schemas);
  return {
    name: summary,
    ...(operationId === SIGN_IN ? { event: [KEEP_TOKEN] } : {}),
    request: {
      method: method.toUpperCase(),
      ...(security.length === 0 ? { auth: { type: 'noauth' } } : {}),
      url: urlOf(path, parameters),
      header: headersOf(parameters, body),
      ...body,
      ...about(description),
    },
    response: [],
  };
};

/**
 * The API reference as a Postman Collection v2.1, which Bruno and Insomnia import too: a folder for each tag, a request
 * for each operation.
 */
export const toPostmanCollection = ({ info, tags, paths, components }: Reference) => {
  const requests = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as unknown as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      tag: operation.tags?.[0],
      request: requestOf(method, path, operation, components.schemas),
    })),
  );
  const itemsOf = (name?: string): readonly Json[] => requests.filter(({ tag }) => tag === name).map(({ request }) => request);
  return {
    info: {
      name: info.title,
      description: ABOUT,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: BEARER,
    variable: [
      { key: 'baseUrl', value: 'http://localhost:8080', type: 'string' },
      { key: 'token', value: '', type: 'string' },
    ],
    item: [...tags.map(({ name, description }) => ({ name, description, item: itemsOf(name) })), ...itemsOf()],
  };
};
