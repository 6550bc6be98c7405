import Joi from 'joi';
import { invalidInput } from '../errors/common-errors.js';
import type { FieldFault } from '../errors/domain-error.js';
import { normalLine } from '../text/normal.js';

/** A body that is nested deeper is refused before any schema checks it. */
const MAX_DEPTH = 16;

const MESSAGES: Joi.LanguageMessages = {
  'any.required': 'is required',
  'any.only': 'must be one of {#valids}',
  'any.invalid': 'is not allowed',
  'any.unknown': 'is not allowed here',
  'object.unknown': 'is not a known field',
  'object.base': 'must be an object',
  'object.min': 'must have at least {#limit} field(s)',
  'object.missing': 'needs at least one of {#peers}',
  'array.base': 'must be a list',
  'array.includesRequiredUnknowns': 'lacks {#unknownMisses} required item(s)',
  'array.max': 'must have at most {#limit} item(s)',
  'array.min': 'must have at least {#limit} item(s)',
  'array.unique': 'is in the list twice',
  'string.base': 'must be text',
  'string.empty': 'must not be empty',
  'string.email': 'must be an e-mail address',
  'string.guid': 'must be a UUID',
  'string.min': 'must be at least {#limit} character(s) long',
  'string.max': 'must be at most {#limit} character(s) long',
  'date.base': 'must be a date',
  'date.format': 'must be an ISO 8601 date',
  'boolean.base': 'must be true or false',
};

const isScalar = (schema: Joi.Schema): boolean => schema.type === 'number' || schema.type === 'boolean';

/** Numbers and booleans of a JSON body must have their JSON type: joi's default would also take the texts "5" and "true". */
const strictScalars = (schema: Joi.Schema): Joi.Schema => {
  if (isScalar(schema)) return schema.strict();
  // joi's types declare `each` as a boolean and omit that a schema without children returns `undefined`.
  const modify = schema.$_modify.bind(schema) as unknown as (options: {
    each: typeof strictScalars;
    ref: boolean;
  }) => Joi.Schema | undefined;
  return modify({ each: strictScalars, ref: false })?.$_mutateRebuild() ?? schema;
};

const prepared = (schema: Joi.Schema): Joi.Schema =>
  schema
    .required()
    .prefs({ abortEarly: false, allowUnknown: false, messages: MESSAGES, errors: { label: false, wrap: { label: false, array: false } } });

/** Prepares each schema once: most are there as long as the process, and joi's preparation costs more than its validation. */
const once = (prepare: (schema: Joi.Schema) => Joi.Schema): ((schema: Joi.Schema) => Joi.Schema) => {
  const ready = new WeakMap<Joi.Schema, Joi.Schema>();
  return (schema) => {
    const known = ready.get(schema) ?? prepare(schema);
    ready.set(schema, known);
    return known;
  };
};

const forBodies = once((schema) => prepared(strictScalars(schema)));
const forTexts = once(prepared);

/** A prepared schema. */
export interface Validator {
  /** Adds every fault to `faults`; returns the converted value. */
  readonly check: (value: unknown, faults: FieldFault[]) => unknown;
}

const validator = (schema: Joi.Schema): Validator => ({
  check: (value, faults) => {
    const result: Joi.ValidationResult<unknown> = schema.validate(value);
    const details = result.error?.details ?? [];
    faults.push(...details.map(({ path, message }) => ({ path: path.join('.'), message })));
    return result.value as unknown;
  },
});

const noFields = Joi.object({});

/** Checks JSON bodies: types are strict, texts become normal, dates are read as the schema says. */
export const bodyValidator = (schema: Joi.Schema = noFields): Validator => {
  const { check } = validator(forBodies(schema));
  return {
    check: (value, faults) => {
      const fault = shapeFault(value);
      if (fault === undefined) return check(value, faults);
      faults.push(fault);
      return undefined;
    },
  };
};

/** `search=` is what a form sends whose field is empty: no search. */
const withoutEmptySearch = (query: Record<string, unknown>): Record<string, unknown> =>
  typeof query.search === 'string' && normalLine(query.search) === ''
    ? Object.fromEntries(Object.entries(query).filter(([key]) => key !== 'search'))
    : query;

/** Bytes above ASCII as they are, or written as `%E8`. */
const ENCODED = /(?:%[0-9a-f]{2}|\P{ASCII})+/giu;

const isEncodedUtf8 = (text: string): boolean => {
  try {
    return (text.match(ENCODED) ?? []).every((part) => /^\p{ASCII}*$/u.test(part) && decodeURIComponent(part) !== '');
  } catch {
    return false; // bytes that are not UTF-8: the parser of queries would put U+FFFD in their place
  }
};

/** Reports the parameters of a raw query whose bytes are not UTF-8. */
export const checkQueryBytes = (raw: string, faults: FieldFault[]): void => {
  const parameters = raw.split('&').filter((parameter) => !isEncodedUtf8(parameter));
  faults.push(...parameters.map((parameter) => ({ path: parameter.split('=', 1)[0] ?? '', message: 'must be percent-encoded UTF-8' })));
};

/** Checks queries. Query values are all texts: numbers, booleans and dates are read from the text. */
export const queryValidator = (schema: Joi.Schema = noFields): Validator => {
  const { check } = validator(forTexts(schema));
  return {
    check: (value, faults) => {
      const query = withoutEmptySearch(value as Record<string, unknown>);
      const repeated = Object.keys(query).filter((key) => Array.isArray(query[key]));
      if (repeated.length === 0) return check(query, faults);
      faults.push(...repeated.map((path) => ({ path, message: 'is given more than once' })));
      return check(Object.fromEntries(Object.entries(query).filter(([key]) => !repeated.includes(key))), faults);
    },
  };
};

/** Checks path parameters: `undefined` when they do not fit, which means that the thing does not exist. */
export const paramsValidator = (schema: Joi.Schema): ((value: unknown) => unknown) => {
  const ready = forTexts(schema);
  return (value) => {
    const result = ready.validate(value) as Joi.ValidationResult<unknown>;
    return result.error === undefined ? result.value : undefined;
  };
};

/** Throws one error with all faults; nothing when there is none. */
export const refuseFaults = (faults: readonly FieldFault[]): void => {
  if (faults.length > 0) throw invalidInput(faults);
};

/** Half of a character (`"\ud800"`): it has no UTF-8, so it would be kept as U+FFFD. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_UNICODE = 'must be well-formed Unicode text';

/** Faults that no schema can report: halves of characters, nesting without end, and `__proto__`, which joi drops silently. */
const shapeFault = (root: unknown): FieldFault | undefined => {
  const open: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && LONE_SURROGATE.test(value)) return { path, message: NOT_UNICODE };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return { path: '', message: `must not be nested deeper than ${MAX_DEPTH} levels` };
    for (const [key, child] of Object.entries(value)) {
      const childPath = path === '' ? key : `${path}.${key}`;
      if (key === '__proto__' || LONE_SURROGATE.test(key)) return { path: childPath, message: 'is not a known field' };
      if ((typeof child === 'object' && child !== null) || typeof child === 'string')
        open.push({ value: child, path: childPath, depth: depth + 1 });
    }
  }
  return undefined;
};
