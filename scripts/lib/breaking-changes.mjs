import { resolve } from './schema-alternatives.mjs';
import { createSchemaComparison } from './schema-changes.mjs';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** How a parameter in a path is called is the server's business: `/tickets/{id}` and `/tickets/{ticketId}` are one path. */
const withoutNames = (path) => path.replaceAll(/\{[^}]*\}/g, '{}');

/** `page` of the query is `query page`, the first parameter of a path `path 1`; names of headers have no case. */
const parameterKey = (path, { in: place, name }) => {
  if (place === 'path') return `path ${[...path.matchAll(/\{([^}]*)\}/g)].findIndex(([, known]) => known === name) + 1}`;
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
};

/** Every operation under its method and path, with what it has from its path and from the document. */
const operationsOf = (document) =>
  new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => method in item).map((method) => {
        const operation = item[method];
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(one, document));
        const made = {
          ...operation,
          name: operation.operationId ?? `${method.toUpperCase()} ${path}`,
          security: operation.security ?? document.security ?? [],
          parameters: new Map(parameters.map((one) => [parameterKey(path, one), one])),
        };
        return [`${method} ${withoutNames(path)}`, made];
      }),
    ),
  );

const isPublic = ({ security }) => security.length === 0 || security.some((one) => Object.keys(one).length === 0);

/** Who has no `x-roles` is open to every role there is. */
const accessChanges = (before, after, allRoles) => {
  const roles = after['x-roles'] ?? allRoles;
  const gone = (before['x-roles'] ?? allRoles).filter((role) => !roles.includes(role));
  if (isPublic(before)) return isPublic(after) ? [] : ['needs sign-in now'];
  return gone.length === 0 ? [] : [`is closed to ${gone.join(', ')} now`];
};

/** Schemas by media type; a missing body has none. */
const contentChanges = (before = {}, after = {}, compare) =>
  Object.entries(before).flatMap(([type, { schema }]) =>
    type in after ? compare(schema, after[type].schema) : [`media type ${type} is gone`],
  );

const parameterChanges = (before, after, compare) => [
  ...[...before.parameters].flatMap(([key, old]) => {
    const young = after.parameters.get(key);
    if (young === undefined) return [`${key} is gone`];
    return compare(old.schema, young.schema).map((change) => `${key}: ${change}`);
  }),
  ...[...after.parameters]
    .filter(([key, { required }]) => required && !before.parameters.get(key)?.required)
    .map(([key]) => `${key} is required now`),
];

const bodyChanges = (before, after, compare) => {
  if (before !== undefined && after === undefined) return ['body is gone'];
  const required = after?.required && !before?.required ? ['body is required now'] : [];
  return [...required, ...contentChanges(before?.content, after?.content, compare).map((change) => `body: ${change}`)];
};

/** Refusals may come and go: their codes are told in the changelog. */
const isSuccess = (status) => /^[23]/.test(status);

const answerChanges = (before, after, documents, compare) =>
  Object.keys(before.responses ?? {})
    .filter(isSuccess)
    .flatMap((status) => {
      if (after.responses?.[status] === undefined) return [`status ${status} is gone`];
      const [old, young] = [resolve(before.responses[status], documents.before), resolve(after.responses[status], documents.after)];
      return contentChanges(old.content, young.content, compare).map((change) => `answer ${status}: ${change}`);
    });

const operationChanges = (before, after, documents, allRoles) => {
  const request = createSchemaComparison(documents, 'request');
  const [oldBody, newBody] = [resolve(before.requestBody, documents.before), resolve(after.requestBody, documents.after)];
  return [
    ...(before.name === after.name ? [] : [`is called ${after.name} now`]),
    ...accessChanges(before, after, allRoles),
    ...parameterChanges(before, after, request),
    ...bodyChanges(oldBody, newBody, request),
    ...answerChanges(before, after, documents, createSchemaComparison(documents, 'answer')),
  ];
};

/**
 * What clients of the OpenAPI document `before` would stumble over in `after`, as `{ operation, what }` with the
 * operation's old id. What is only new is no such change: fields of answers, operations, codes, optional inputs.
 */
export const breakingChanges = (before, after) => {
  const [olds, news] = [operationsOf(before), operationsOf(after)];
  const allRoles = [...new Set([...olds.values(), ...news.values()].flatMap((operation) => operation['x-roles'] ?? []))];
  return [...olds].flatMap(([key, old]) => {
    const young = news.get(key);
    const changes = young === undefined ? ['is gone'] : operationChanges(old, young, { before, after }, allRoles);
    return changes.map((what) => ({ operation: old.name, what }));
  });
};
