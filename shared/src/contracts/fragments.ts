import Joi from 'joi';

/** joi pieces of the event schemas. Consumers accept fields they do not know, so that publishers can add some. */
export const id = Joi.string().min(1).max(64);
export const text = Joi.string().allow('');
/** ISO 8601 UTC as JSON carries it. */
export const instant = Joi.string().isoDate().raw();
/** A calendar date `YYYY-MM-DD`, no moment of any time zone. */
export const day = Joi.string().pattern(/^\d{4}-\d{2}-\d{2}$/);
