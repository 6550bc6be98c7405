/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

interface Dependency {
  readonly rel: string;
  readonly key?: string;
  readonly peers: readonly string[];
}

const SENTENCES: Readonly<Record<string, (dependency: Dependency) => string>> = {
  or: ({ peers }) => `At least one of ${namesOf(peers)}.`,
  and: ({ peers }) => `All of ${namesOf(peers)}, or none.`,
  nand: ({ peers }) => `Not all of ${namesOf(peers)}.`,
  xor: ({ peers }) => `Exactly one of ${namesOf(peers)}.`,
  oxor: ({ peers }) => `At most one of ${namesOf(peers)}.`,
  with: ({ key = '', peers }) => `\`${key}\` needs ${namesOf(peers)}.`,
  without: ({ key = '', peers }) => `\`${key}\` excludes ${namesOf(peers)}.`,
};

const namesOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const tell = (schema: { description?: string }, dependency: Dependency): void => {
  const sentence = SENTENCES[dependency.rel]?.(dependency) ?? '';
  schema.description = schema.description === undefined ? sentence : `${schema.description} ${sentence}`;
};

/**
 * Rules between fields are told as sentences. As schemas (`if`, `not`, `dependentRequired`) they are right, but neither
 * people nor generators of clients can read them.
 */
export const TELL_DEPENDENCIES = Object.fromEntries(Object.keys(SENTENCES).map((rel) => [rel, tell]));

const isNothing = (schema: unknown): boolean =>
  isObject(schema) && (Object.keys(schema).length === 0 || (Object.keys(schema).length === 1 && 'not' in schema && isEmpty(schema.not)));
const isEmpty = (schema: unknown): boolean => isObject(schema) && Object.keys(schema).length === 0;
const isText = (schema: unknown): schema is { readonly description: string } =>
  isObject(schema) && Object.keys(schema).length === 1 && typeof schema.description === 'string';

/** `/^a$/u` is written as `^a$/u`. JSON Schema reads patterns with the flag `u`. */
const withoutFlags = (pattern: unknown): unknown => (typeof pattern === 'string' ? pattern.replace(/\/[a-z]+$/, '') : pattern);

const membersOf = (schema: unknown): readonly unknown[] =>
  isObject(schema) && Object.keys(schema).length === 1 && Array.isArray(schema.anyOf) ? schema.anyOf : [schema];

const union = (members: readonly unknown[]): Json => {
  const told = members.filter((member) => !isNothing(member)).flatMap(membersOf);
  const different = [...new Map(told.map((member) => [JSON.stringify(member), member])).values()];
  if (different.length === 0) return {};
  return different.length === 1 ? (different[0] as Json) : { anyOf: different };
};

/** Sentences that stand alone, as `tell` leaves them where an object has several rules. */
const joinTexts = ({ allOf, ...node }: Json): Json => {
  if (!Array.isArray(allOf) || !allOf.every(isText)) return allOf === undefined ? node : { ...node, allOf };
  return { ...node, description: [node.description, ...allOf.map(({ description }) => description)].filter(Boolean).join(' ') };
};

/** A condition of joi on a neighbouring field: what the field may be in any case. */
const withoutConditions = ({ if: _, then, else: otherwise, not, oneOf, anyOf, const: only, ...node }: Json): Json => {
  const branches = then === undefined && otherwise === undefined ? {} : union([then, otherwise]);
  const members = [oneOf, anyOf].find(Array.isArray) as readonly unknown[] | undefined;
  // An object here is a reference to another field, which must have the same value.
  const fixed = only === undefined || isObject(only) ? {} : { const: only };
  return {
    ...node,
    ...fixed,
    ...(not === undefined || isEmpty(not) ? {} : { not }),
    ...branches,
    ...(members === undefined ? {} : union(members)),
  };
};

/** Any key with values of one kind: joi-to-json puts the pattern of the keys among the properties too. */
const withoutKeyPatterns = ({ patternProperties, ...node }: Json): Json => {
  if (!isObject(patternProperties)) return node;
  const properties = Object.entries(isObject(node.properties) ? node.properties : {}).filter(([key]) => !key.startsWith('/'));
  return { ...node, properties: Object.fromEntries(properties), additionalProperties: union(Object.values(patternProperties)) };
};

/** Makes plain what joi-to-json writes: no conditions between fields, no flags in patterns. */
export const plain = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(plain);
  if (!isObject(node)) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value)]));
  const made = withoutKeyPatterns(joinTexts(withoutConditions(inner)));
  return 'pattern' in made && typeof made.pattern === 'string' ? { ...made, pattern: withoutFlags(made.pattern) } : made;
};
