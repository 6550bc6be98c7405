import { alternativesOf, isTakenBy, kindOf } from './schema-alternatives.mjs';

/** Lowering one of these refuses what was taken before; so does raising one of the others. */
const UPPER = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'];
const LOWER = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'];
const NO_UPPER = Infinity;
const noLower = (limit) => (limit.startsWith('min') && limit !== 'minimum' ? 0 : -Infinity);

const isNarrowed = (limit, before, after) =>
  UPPER.includes(limit) ? after[limit] < (before[limit] ?? NO_UPPER) : after[limit] > (before[limit] ?? noLower(limit));

const limitChanges = (before, after) => [
  ...[...UPPER, ...LOWER]
    .filter((limit) => isNarrowed(limit, before, after))
    .map((limit) => `${limit} is ${after[limit]}, was ${before[limit] ?? 'any'}`),
  ...(after.pattern === undefined || after.pattern === before.pattern
    ? []
    : [`pattern is ${after.pattern}, was ${before.pattern ?? 'any'}`]),
];

/** What a request may hold: values that are refused now. Where there was an enumeration, limits say nothing more. */
const valueChanges = (before, after) => {
  if (before.enum === undefined) {
    return [...(after.enum === undefined ? [] : [`takes only ${JSON.stringify(after.enum)} now`]), ...limitChanges(before, after)];
  }
  const left = after.enum?.map((value) => JSON.stringify(value));
  const gone = left === undefined ? [] : before.enum.map((value) => JSON.stringify(value)).filter((value) => !left.includes(value));
  return gone.map((value) => `${value} is gone`);
};

/** Fields by name; `*` stands for those of any other name that share a schema. */
const fieldsOf = ({ properties = {}, additionalProperties }) =>
  typeof additionalProperties === 'object' ? { ...properties, '*': additionalProperties } : properties;

const join = (place, name) => (place === '' ? name : `${place}.${name}`);
const at = (place, text) => (place === '' ? text : `${place} ${text}`);

const PRESENCE = {
  answer: (before, after) => [(before.required ?? []).filter((name) => !after.required?.includes(name)), 'is not always there now'],
  request: (before, after) => [(after.required ?? []).filter((name) => !before.required?.includes(name)), 'is required now'],
};

/** What makes a client of one schema fail with another, as sentences that begin with the place. */
export const createSchemaComparison = (documents, side) => {
  /** A schema that holds itself would never end: a pair that is being compared is not compared again within. */
  const underWay = [];

  const fieldChanges = (before, after, place) => {
    const [olds, news] = [fieldsOf(before), fieldsOf(after)];
    const [names, presence] = PRESENCE[side](before, after);
    return [
      ...Object.entries(olds).flatMap(([name, old]) =>
        name in news ? compare(old, news[name], join(place, name)) : [at(join(place, name), 'is gone')],
      ),
      ...[...new Set(names)].filter((name) => name in news || side === 'request').map((name) => at(join(place, name), presence)),
    ];
  };

  const differences = (before, after, place) => [
    ...(side === 'request' ? valueChanges(before, after).map((text) => at(place, text)) : []),
    ...(before.type === 'object' && after.type === 'object' ? fieldChanges(before, after, place) : []),
    ...(before.type === 'array' && after.type === 'array' ? compare(before.items, after.items, `${place}[]`) : []),
  ];

  /** Clients give what the old schema let through, and take what it promised: each kind of value needs one that takes it. */
  const compareAlternatives = (olds, news, place) => {
    const [given, taken] = side === 'request' ? [olds, news] : [news, olds];
    return given.flatMap((one) => {
      const fits = taken.filter((other) => isTakenBy(one, other));
      if (fits.length === 0) return [at(place, side === 'request' ? `takes no ${kindOf(one)} now` : `may be ${kindOf(one)} now`)];
      const outcomes = fits.map((other) => (side === 'request' ? differences(one, other, place) : differences(other, one, place)));
      return outcomes.reduce((least, outcome) => (outcome.length < least.length ? outcome : least));
    });
  };

  const compare = (before, after, place) => {
    if (underWay.some(([old, young]) => old === before && young === after)) return [];
    underWay.push([before, after]);
    const changes = compareAlternatives(alternativesOf(before, documents.before), alternativesOf(after, documents.after), place);
    underWay.pop();
    return [...new Set(changes)];
  };
  return (before, after) => compare(before, after, '');
};
