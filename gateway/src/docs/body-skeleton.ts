import { isObject, type Json } from '@riparo/shared/http/reference/plain-schema';

const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:00:00Z',
  email: 'person@example.com',
  uri: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
const isNothing = (schema: unknown): boolean => isObject(schema) && schema.type === 'null';

const objectOf = ({ properties, required }: Json, schemas: Json): Json => {
  const fields = isObject(properties) ? properties : {};
  return Object.fromEntries<unknown>(list(required).map((name) => [String(name), skeletonOf(fields[String(name)], schemas)]));
};

const valueOf = (schema: Json, schemas: Json): unknown => {
  switch (list([schema.type].flat()).find((type) => type !== 'null')) {
    case 'object':
      return objectOf(schema, schemas);
    case 'array':
      return Number(schema.minItems ?? 0) > 0 ? [skeletonOf(schema.items, schemas)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return TEXTS[String(schema.format)] ?? 'text';
  }
};

/**
 * What a body looks like before somebody fills it in: the schema's example or default where it has one, else the fields
 * that are required, each with a value of its type. `schemas` are the components that references lead to.
 */
export const skeletonOf = (schema: unknown, schemas: Json): unknown => {
  if (!isObject(schema)) return 'text';
  const given = [schema.example, list(schema.examples)[0], schema.const, schema.default, list(schema.enum)[0]];
  const known = given.find((value) => value !== undefined);
  if (known !== undefined) return known;
  if (typeof schema.$ref === 'string') return skeletonOf(schemas[schema.$ref.split('/').at(-1) ?? ''], schemas);
  const choices = [...list(schema.anyOf), ...list(schema.oneOf)];
  if (choices.length > 0 && schema.properties === undefined)
    return skeletonOf(choices.find((choice) => !isNothing(choice)) ?? choices[0], schemas);
  return valueOf(schema, schemas);
};
