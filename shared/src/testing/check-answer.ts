import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { API_PREFIX } from '../http/path.js';
import { isObject, type Json } from '../http/reference/plain-schema.js';

/** An answer as a client got it. */
export interface ReceivedAnswer {
  readonly method: string;
  /** From the root, without its query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The name of the operation that the answer belongs to, if there is one; throws when the answer is not as described. */
export type AnswerCheck = (answer: ReceivedAnswer) => string | undefined;

interface ResponseObject {
  /** Then the rest is in the components. */
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, ResponseObject>> };
}

interface Path {
  readonly pattern: RegExp;
  readonly pointer: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

const closedBelow = (part: unknown): unknown =>
  isObject(part) && isObject(part.properties) ? { ...part, properties: closed(part.properties) } : part;

/** The reference lets answers grow. A test must not: a field that nobody described is a field that was forgotten. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (!isObject(node)) return node;
  // The parts of an `allOf` know only their own fields each; the whole must not have others.
  if (Array.isArray(node.allOf)) return { ...node, allOf: node.allOf.map(closedBelow), unevaluatedProperties: false };
  const { additionalProperties, ...inner } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  // Left out, it says as much, and hides no field from an `allOf` around it.
  if (additionalProperties === true) return inner;
  const isWhole = isObject(node.properties) && node.type === 'object' && additionalProperties === undefined;
  return { ...inner, ...(isWhole ? { additionalProperties: false } : additionalProperties === undefined ? {} : { additionalProperties }) };
};

const escape = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');

const pathsOf = ({ paths }: Document): readonly Path[] =>
  Object.entries(paths)
    .map(([template, operations]) => ({
      pattern: new RegExp(`^${escape(template).replace(/\{\w+\}/g, '[^/]+')}/?$`),
      pointer: `/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}`,
      operations,
      open: template.split('{').length,
      fixed: template.replace(/\{\w+\}/g, '').length,
    }))
    .sort((one, other) => one.open - other.open || other.fixed - one.fixed);

/** Statuses that any address may be answered with, whether or not something is there. */
const ANYWHERE = new Set([400, 401, 404, 405, 413, 429, 431, 503]);
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const DESCRIBED_HEADERS = ['ETag', 'Location', 'Link', 'Retry-After'];

const checkHeaders = ({ headers = {} }: ResponseObject, answer: ReceivedAnswer): void => {
  for (const name of DESCRIBED_HEADERS) {
    if (answer.headers.has(name) && !(name in headers)) throw new Error(`has the header ${name}, which the API reference does not tell`);
    const isPromised = name === 'ETag' || name === 'Location';
    if (isPromised && name in headers && !answer.headers.has(name)) throw new Error(`lacks the header ${name}`);
  }
};

const mediaTypeOf = (headers: Headers): string => headers.get('content-type')?.split(';')[0]?.trim() ?? '';
const keyOf = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** Checks answers against an OpenAPI document: status, headers, body, and that a body has no field that is not described. */
export const createAnswerCheck = (text: string): AnswerCheck => {
  const document = JSON.parse(text) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as typeof formats.default)(ajv);
  ajv.addSchema(closed(document) as Json, 'reference');
  const paths = pathsOf(document);
  const validators = new Map<string, ValidateFunction>();

  const validate = (pointer: string, body: unknown): void => {
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `reference#${pointer}` });
    validators.set(pointer, known);
    if (known(body)) return;
    const faults = (known.errors ?? []).map(
      ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    throw new Error(`has a body that is not as described:\n${faults.join('\n')}`);
  };

  const checkContent = (pointer: string, response: ResponseObject, answer: ReceivedAnswer): void => {
    if (response.content === undefined || answer.text === '') {
      if (answer.text !== '') throw new Error('has a body, and the API reference describes none');
      return;
    }
    const type = mediaTypeOf(answer.headers);
    if (!(type in response.content)) throw new Error(`has the media type ${type}, which the API reference does not tell`);
    if (type.includes('json')) validate(`${pointer}/content/${keyOf(type)}/schema`, JSON.parse(answer.text));
  };

  const check: AnswerCheck = (answer) => {
    const found = paths.find(({ pattern }) => pattern.test(answer.path));
    const operation = found?.operations[answer.method.toLowerCase()];
    if (found === undefined || operation === undefined) {
      if (ANYWHERE.has(answer.status) || !answer.path.startsWith(`${API_PREFIX}/`)) return undefined;
      throw new Error('belongs to no operation of the API reference');
    }
    const described = operation.responses[answer.status];
    if (described === undefined) throw new Error(`is not described: ${answer.text.slice(0, 300)}`);
    const common = described.$ref?.split('/').at(-1) ?? '';
    const response = described.$ref === undefined ? described : (document.components.responses[common] ?? {});
    checkHeaders(response, answer);
    const own = `${found.pointer}/${answer.method.toLowerCase()}/responses/${answer.status}`;
    checkContent(described.$ref === undefined ? own : `/components/responses/${common}`, response, answer);
    return operation.operationId;
  };

  return (answer) => {
    if (!METHODS.has(answer.method)) return undefined;
    try {
      return check(answer);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The answer ${answer.status} of ${answer.method} ${answer.path} ${reason}`, { cause: error });
    }
  };
};
