import type { OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';
import examples from './examples.json' with { type: 'json' };
import { INTRODUCTION } from './introduction.js';
import { withExamples } from './with-examples.js';

type Part = Readonly<Record<string, object>>;

const join = (parts: readonly Part[]): Part => Object.assign({}, ...parts) as Part;
const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => one.localeCompare(other);
const sorted = <T extends object>(part: T): T => Object.fromEntries(Object.entries(part).sort(byName)) as T;

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
  paths: withExamples(sorted(join(documents.map(({ paths }) => paths)) as OpenApiDocument['paths']), examples),
  components: {
    ...join(documents.map(({ components }) => components)),
    schemas: sorted(join(documents.map(({ components }) => components.schemas as Part))),
  },
});
