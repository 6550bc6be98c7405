import { createRequire } from 'node:module';
import Joi from 'joi';
import type joiToJson from 'joi-to-json';
import { ABOUT, COMPONENT, SCHEMA } from './answer.js';
import { isObject, plain, TELL_DEPENDENCIES, type Json } from './plain-schema.js';

/** `components/schemas` of a document under construction. */
export type Components = Map<string, Json>;

type ParseJoi = typeof joiToJson.default;

const load = createRequire(import.meta.url);

/**
 * The library comes with the first reference that is asked for: no start waits for it. joi holds each description that it
 * makes of a schema, and again every part of it, to a schema of descriptions: two fifths of the time that a reference
 * takes. With one that allows everything the descriptions are the same.
 */
const loadParser = (): ParseJoi => {
  (load('joi/lib/schemas') as { description: Joi.Schema }).description = Joi.any();
  return load('joi-to-json') as ParseJoi;
};

/** What joi says of types that JSON Schema does not know. */
const withKnownType = ({ type, ...rest }: Json): Json =>
  type === undefined || type === 'any' || (Array.isArray(type) && type.length > 4) ? rest : { type, ...rest };

/**
 * Moves every named object into the components, and leaves a reference in its place; the text of the place stays beside it.
 */
const hoist = (node: unknown, components: Components): unknown => {
  if (Array.isArray(node)) return node.map((item) => hoist(item, components));
  if (!isObject(node)) return node;
  const { [COMPONENT]: name, [ABOUT]: about, [SCHEMA]: exact, ...rest } = node;
  if (isObject(exact)) return { ...exact, ...(rest.description === undefined ? {} : { description: rest.description }) };
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, hoist(value, components)]));
  if (typeof name !== 'string') return withKnownType(inner);
  const { description, type, ...shape } = inner;
  keep(components, name, { type: 'object', ...(about === undefined ? {} : { description: about }), ...shape });
  const reference = { $ref: `#/components/schemas/${name}`, ...(description === undefined ? {} : { description }) };
  return Array.isArray(type) && type.includes('null') ? { anyOf: [reference, { type: 'null' }] } : reference;
};

/** Two different shapes of one name are a mistake of the developer: the second throws. */
export const keep = (components: Components, name: string, schema: Json): void => {
  const known = components.get(name);
  if (known !== undefined && known !== schema && JSON.stringify(known) !== JSON.stringify(schema))
    throw new Error(`two different shapes are called ${name}`);
  components.set(name, schema);
};

/** Without the word that there are no more fields: what is answered and told can grow. */
const open = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(open);
  if (!isObject(node)) return node;
  const { additionalProperties, ...rest } = node;
  return Object.fromEntries(Object.entries(additionalProperties === false ? rest : node).map(([key, value]) => [key, open(value)]));
};

interface Converted {
  readonly json: Json;
  /** The named objects in it. */
  readonly named: Components;
}

/** Converts a schema once: most are there as long as the process, and some stand in many operations. */
const converter = (change: (json: unknown) => unknown) => {
  const converted = new WeakMap<Joi.Schema, Converted>();
  let parser: ParseJoi | undefined;
  const convert = (schema: Joi.Schema): Converted => {
    const named: Components = new Map();
    parser ??= loadParser();
    const json = plain(parser(schema, 'open-api-3.1', {}, { logicalOpParser: TELL_DEPENDENCIES }));
    return { json: hoist(change(json), named) as Json, named };
  };
  return (schema: Joi.Schema, components: Components): Json => {
    const { json, named } = converted.get(schema) ?? convert(schema);
    converted.set(schema, { json, named });
    for (const [name, shape] of named) keep(components, name, shape);
    return json;
  };
};

/** The JSON Schema (2020-12, as OpenAPI 3.1 has it) of what joi checks; named objects go to `components`. */
export const requestSchema = converter((json) => json);

/** As `requestSchema`, of answers and events: readers must not refuse fields that they do not know. */
export const answerSchema = converter(open);
