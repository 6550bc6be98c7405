import Joi from 'joi';

/** What a route answers when it succeeds, for the API reference; `reply.ts` makes the answers themselves. */
export type Answer =
  /** `{ data, message?, timestamp }` */
  | { readonly kind: 'one'; readonly data: Joi.Schema }
  /** `{ data: [item], pagination }`, and what is beside them. */
  | { readonly kind: 'page'; readonly item: Joi.Schema; readonly beside?: Joi.SchemaMap }
  /** JSON without an envelope, such as a key set. */
  | { readonly kind: 'plain'; readonly body: Joi.Schema }
  /** Bytes of one of these media types. */
  | { readonly kind: 'file'; readonly types: readonly string[]; readonly others?: Answer }
  /** No body. */
  | { readonly kind: 'nothing' };

/** Members of a schema's `meta` that `schema.ts` reads. */
export const COMPONENT = 'x-component';
export const ABOUT = 'x-about';
export const SCHEMA = 'x-schema';

const isOptional = (field: Joi.Schema): boolean => field.$_getFlag('presence') !== undefined;

/** Every field is there in every answer, unless `.optional()` says otherwise. */
const always = (fields: Joi.SchemaMap): Joi.SchemaMap =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const schema = Joi.compile(field as Joi.SchemaLike);
      return [name, isOptional(schema) ? schema : schema.required()];
    }),
  );

/** An object in an answer that needs no name of its own. Fields as in `view`. */
export const fields = (map: Joi.SchemaMap): Joi.ObjectSchema => Joi.object(always(map));

/**
 * What a view shows: `components/schemas/<name>` of the API reference, under a name that people know (`Ticket`). A name
 * stands for one shape in all services. `about` is a sentence. Every field is there in every answer, unless it is
 * `.optional()`. What one view shows beyond another: `view('TicketDetails', …, { ...ticketFields, activities: … })`.
 */
export const view = (name: string, about: string, map: Joi.SchemaMap): Joi.ObjectSchema =>
  fields(map).meta({ [COMPONENT]: name, [ABOUT]: about });

/** A list in an answer. */
export const listOf = (item: Joi.Schema): Joi.ArraySchema => Joi.array().items(item);

/** `ok`, `created`, `accepted`: one thing, with its `ETag` where it has a `version`. */
export const one = (data: Joi.Schema): Answer => ({ kind: 'one', data });

/** `ok`, `accepted` with all of a short list. */
export const all = (item: Joi.Schema): Answer => one(listOf(item));

/** `list`: a page of things; `beside` is what the answer says besides. */
export const pageOf = (item: Joi.Schema, beside: Joi.SchemaMap = {}): Answer => ({ kind: 'page', item, beside });

export const plain = (body: Joi.Schema): Answer => ({ kind: 'plain', body });

/** `file` and other bytes. Where the `Accept` header may ask for something else, `others` is that. */
export const bytes = (types: readonly string[], others?: Answer): Answer => ({
  kind: 'file',
  types,
  ...(others === undefined ? {} : { others }),
});

/** `noContent`. */
export const nothing: Answer = { kind: 'nothing' };

/** An answer of a further status that is no refusal with a code: 304, or a page that says in words what is wrong. */
export interface OtherAnswer {
  /** A sentence. */
  readonly about: string;
  readonly answer: Answer;
}
