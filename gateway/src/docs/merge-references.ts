import type { OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import examples from './examples.json' with { type: 'json' };
import { INTRODUCTION } from './introduction.js';
import { limitsOf } from '../limits.js';
import { withExamples } from './with-examples.js';

interface Limited {
  readonly 'x-rate-limit'?: readonly LimitClass[];
  readonly security?: readonly object[];
}
type Paths = OpenApiDocument['paths'];
type Part = Readonly<Record<string, object>>;

const join = (parts: readonly Part[]): Part => Object.assign({}, ...parts) as Part;
const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => one.localeCompare(other);
const sorted = <T extends object>(part: T): T => Object.fromEntries(Object.entries(part).sort(byName)) as T;

/** The paths with the gateway's own limits in each operation, before those of its service. */
const withLimits = (paths: Paths): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => {
          const { 'x-rate-limit': ofService = [], security = [] } = operation as Limited;
          return [method, { ...operation, 'x-rate-limit': [...limitsOf(security.some((scheme) => 'bearer' in scheme)), ...ofService] }];
        }),
      ),
    ]),
  );

/** Merges the services' documents into one. What they share is the same in each; a test holds that a name means one shape. */
export const mergeReferences = (documents: readonly OpenApiDocument[]) => ({
  openapi: '3.1.1',
  info: {
    title: 'Riparo',
    version: '1',
    summary: 'Help desk and repair counter of an IT support centre.',
    description: INTRODUCTION,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'This installation.' }],
  tags: [...new Map(documents.flatMap(({ tags }) => tags).map((tag) => [tag.name, tag])).values()].sort((one, other) =>
    one.name.localeCompare(other.name),
  ),
  paths: withExamples(withLimits(sorted(join(documents.map(({ paths }) => paths)) as Paths)), examples),
  components: {
    ...join(documents.map(({ components }) => components)),
    securitySchemes: join(documents.map(({ components }) => components.securitySchemes as Part)),
    schemas: sorted(join(documents.map(({ components }) => components.schemas as Part))),
  },
});
