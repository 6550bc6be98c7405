import type { OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';

type Json = Readonly<Record<string, unknown>>;

/** A real exchange, by `operationId`; `scripts/collect-examples.mjs` collects them. */
export type Examples = Readonly<Record<string, { readonly body?: unknown; readonly status?: number; readonly answer?: unknown }>>;

interface Content {
  readonly content?: Readonly<Record<string, Json>>;
}

const JSON_TYPE = 'application/json';

const exampleIn = <T extends Content>(part: T, example: unknown): T => {
  const json = part.content?.[JSON_TYPE];
  return json === undefined || example === undefined ? part : { ...part, content: { ...part.content, [JSON_TYPE]: { ...json, example } } };
};

const describe = (operation: Json, examples: Examples): Json => {
  const { body, status, answer } = examples[String(operation.operationId)] ?? {};
  const { requestBody, responses } = operation as { requestBody?: Content; responses: Readonly<Record<string, Content>> };
  const answered = status === undefined ? undefined : responses[status];
  return {
    ...operation,
    ...(requestBody === undefined ? {} : { requestBody: exampleIn(requestBody, body) }),
    responses: answered === undefined ? responses : { ...responses, [String(status)]: exampleIn(answered, answer) },
  };
};

/** The paths of a reference with an example in each operation that has one. */
export const withExamples = (paths: OpenApiDocument['paths'], examples: Examples): OpenApiDocument['paths'] =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, describe(operation, examples)])),
    ]),
  );
