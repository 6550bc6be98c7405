import Joi from 'joi';

/** joi pieces of the event schemas. Consumers accept fields they do not know, so that publishers can add some. */
export const id = Joi.string().min(1).max(64);
export const text = Joi.string().allow('');
/** ISO 8601 UTC as JSON carries it. */
export const instant = Joi.string().isoDate();
