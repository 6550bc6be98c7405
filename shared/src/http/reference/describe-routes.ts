import { setImmediate } from 'node:timers/promises';
import { pathOf } from '../path.js';
import type { Route, Tag } from '../route.js';
import { COMPONENTS, COOKIE_SCHEME } from './components.js';
import type { Components } from './json-schema.js';
import type { Json } from './plain-schema.js';
import { describeOperation } from './operation.js';

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Readonly<Record<string, Json>>;
}

/** A path of Express in the form of OpenAPI: `/tickets/:id` is `/tickets/{id}`. */
export const templateOf = (route: Route): string => pathOf(route).replace(/:(\w+)/g, '{$1}');

const tagsOf = (routes: readonly Route[]): OpenApiDocument['tags'] => {
  const tags = new Map(routes.flatMap(({ tag }) => (tag === undefined ? [] : [[tag.name, tag] as [string, Tag]])));
  return [...tags.values()].map(({ name, about }) => ({ name, description: about }));
};

/** A reference under construction: `add` describes one route, `document` puts it all together. */
const startReference = (service: string, routes: readonly Route[], version: string) => {
  const paths: Record<string, Record<string, Json>> = {};
  const components: Components = new Map();
  const shown = routes.filter(({ access }) => access !== 'internal');
  const byCookie = shown.some(({ access, cookies }) => access !== 'public' && cookies !== undefined);
  const add = (route: Route): void => {
    (paths[templateOf(route)] ??= {})[route.method.toLowerCase()] = describeOperation(route, components);
  };
  const document = (): OpenApiDocument => ({
    openapi: '3.1.1',
    info: { title: `Riparo: ${service}`, version },
    tags: tagsOf(shown),
    paths,
    components: {
      ...COMPONENTS,
      securitySchemes: { ...COMPONENTS.securitySchemes, ...(byCookie ? { cookie: COOKIE_SCHEME } : {}) },
      schemas: { ...COMPONENTS.schemas, ...Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))) },
    },
  });
  return { shown, add, document };
};

/**
 * The API reference of a route table, without routes among the services. The schemas that check requests make it, and
 * those of answers, against which all tests check what they are answered.
 */
export const describeRoutes = (service: string, routes: readonly Route[], version = '1'): OpenApiDocument => {
  const { shown, add, document } = startReference(service, routes, version);
  shown.forEach(add);
  return document();
};

/** As `describeRoutes`, with room for other requests in between: the first conversion of all schemas takes a second or two. */
export const describeInSteps = async (service: string, routes: readonly Route[]): Promise<OpenApiDocument> => {
  const { shown, add, document } = startReference(service, routes, '1');
  for (const route of shown) {
    add(route);
    await setImmediate();
  }
  return document();
};
