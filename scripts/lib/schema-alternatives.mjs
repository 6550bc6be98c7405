const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `#/components/schemas/Ticket` means in its document; what is no reference is itself. */
export const resolve = (node, document) => {
  if (typeof node?.$ref !== 'string') return node;
  const steps = node.$ref.split('/').slice(1);
  return resolve(
    steps.reduce((part, step) => part?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], document),
    document,
  );
};

const typeOf = (value) => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

/** Without a `type` the other members tell it, where they can. */
const typesOf = ({ type, properties, items }, values) => {
  if (type !== undefined) return [type].flat();
  if (values !== undefined) return [...new Set(values.map(typeOf))];
  if (properties !== undefined) return ['object'];
  return [items === undefined ? undefined : 'array'];
};

/** One schema for each of its types. A constant is an enumeration of one value. */
const splitTypes = ({ const: constant, enum: list, ...rest }) => {
  const values = constant === undefined ? list : [constant];
  return typesOf(rest, values).map((type) => {
    const own = values?.filter((value) => type === typeOf(value) || (type === 'number' && typeof value === 'number'));
    return { ...rest, type, ...(own === undefined || type === 'null' ? {} : { enum: own }) };
  });
};

const merge = (one, other) => ({
  ...one,
  ...other,
  type: other.type ?? one.type,
  properties: { ...one.properties, ...other.properties },
  required: [...(one.required ?? []), ...(other.required ?? [])],
});

/**
 * The kinds of values that a schema lets through, each with one `type` (`undefined`: any) and neither `$ref`, `allOf`,
 * `anyOf`, `oneOf` nor `const`. `{ type: ['string', 'null'] }` has two alternatives.
 */
export const alternativesOf = (schema, document) => {
  if (!isObject(schema)) return [{}];
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema;
  const referred = $ref === undefined ? [] : [resolve(schema, document)];
  const factors = [
    ...[...referred, ...allOf].map((part) => alternativesOf(part, document)),
    ...[anyOf, oneOf].flatMap((choices) => (choices === undefined ? [] : [choices.flatMap((choice) => alternativesOf(choice, document))])),
  ];
  return factors.reduce((made, factor) => made.flatMap((one) => factor.map((other) => merge(one, other))), splitTypes(own));
};

/** `string (uuid)`. */
export const kindOf = ({ type = 'anything', format }) => (format === undefined ? type : `${type} (${format})`);

/** Whether a value of `one` may be given where `other` is taken, as far as type and format say. */
export const isTakenBy = (one, other) => {
  if (other.type === undefined) return true;
  const sameType = one.type === other.type || (one.type === 'integer' && other.type === 'number');
  return sameType && (other.format === undefined || one.format === other.format);
};
