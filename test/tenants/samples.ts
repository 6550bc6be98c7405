import type Joi from 'joi';

/** joi's own description of a schema, as far as samples need it. */
interface Described {
  readonly type?: string;
  readonly flags?: { readonly presence?: string; readonly only?: boolean; readonly format?: string };
  readonly allow?: readonly unknown[];
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly rules?: readonly { readonly name: string; readonly args?: { readonly limit?: number } }[];
}

/** A place in a schema: the name of its field, and the way there (`action.technicianId`, `ticketIds[]`). */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** Says what to write at a place: an id, or a text of the right form. */
export interface Filler {
  readonly isId: (place: Place, isGuid: boolean) => boolean;
  readonly id: (place: Place) => string;
  readonly text: (place: Place) => unknown;
  /** Whether a field is written that need not be. */
  readonly wants: (place: Place) => boolean;
}

/** joi takes its time over a description, and a schema stays as it is. */
const described = new WeakMap<Joi.Schema, Described>();
const describe = (schema: Joi.Schema): Described => {
  const known = described.get(schema) ?? schema.describe();
  described.set(schema, known);
  return known;
};
const isGuid = ({ rules = [] }: Described): boolean => rules.some(({ name }) => name === 'guid');
const below = ({ path }: Place, name: string): Place => ({ name, path: path === '' ? name : `${path}.${name}` });
const each = ({ name, path }: Place): Place => ({ name, path: `${path}[]` });
const ROOT: Place = { name: '', path: '' };

/** Whether the schema insists on this field. */
export const isRequired = (schema: Joi.Schema, name: string): boolean => describe(schema).keys?.[name]?.flags?.presence === 'required';

/** Fields of free text. */
export const textFields = (schema: Joi.Schema): readonly string[] =>
  Object.entries(describe(schema).keys ?? {})
    .filter(([, field]) => field.type === 'string' && field.flags?.only !== true && !isGuid(field))
    .map(([name]) => name);

/** Every place of a schema that holds an id. */
export const idPlaces = (schema: Joi.Schema, isId: Filler['isId']): readonly Place[] => {
  const walk = (part: Described, place: Place): readonly Place[] => {
    const children = Object.entries(part.keys ?? {}).flatMap(([name, child]) => walk(child, below(place, name)));
    const items = (part.items ?? []).flatMap((item) => walk(item, each(place)));
    return [...(children.length + items.length === 0 && isId(place, isGuid(part)) ? [place] : []), ...children, ...items];
  };
  return walk(describe(schema), ROOT);
};

const enumerated = ({ flags = {}, allow = [] }: Described): unknown =>
  flags.only === true ? allow.find((value) => value !== null && typeof value !== 'object') : undefined;

/** The fields that must be there, those that the filler wants, and one at least. */
const fieldsOf = ({ keys = {} }: Described, place: Place, { wants }: Filler): readonly [string, Described][] => {
  const all = Object.entries(keys);
  const chosen = all.filter(([name, child]) => child.flags?.presence === 'required' || wants(below(place, name)));
  return chosen.length > 0 ? chosen : all.filter(([, { type }]) => type === 'string').slice(0, 1);
};

/** Something small that fits the schema, as far as its description tells. */
export const sampleOf = (schema: Joi.Schema, filler: Filler): unknown => {
  const make = (part: Described, place: Place): unknown => {
    if (part.type === 'object')
      return Object.fromEntries(fieldsOf(part, place, filler).map(([name, child]) => [name, make(child, below(place, name))]));
    if (part.type === 'array') {
      const [item] = part.items ?? [];
      return item === undefined ? [] : [make(item, each(place))];
    }
    const one = enumerated(part);
    if (one !== undefined) return one;
    if (filler.isId(place, isGuid(part))) return filler.id(place);
    if (part.type === 'boolean') return false;
    if (part.type === 'number') return part.rules?.find(({ name }) => name === 'min')?.args?.limit ?? 1;
    return filler.text(place);
  };
  return make(describe(schema), ROOT);
};
