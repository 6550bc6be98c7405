import Joi from 'joi';

/** joi pieces of the event schemas. Consumers accept unknown fields, so that publishers can add fields. */
export const id = Joi.string().min(1).max(64);
export const text = Joi.string().allow('');
/** ISO 8601 UTC, the form of a time in JSON. */
export const instant = Joi.string().isoDate().raw();
/** A calendar date `YYYY-MM-DD`, without time and time zone. */
export const day = Joi.string().pattern(/^\d{4}-\d{2}-\d{2}$/);
