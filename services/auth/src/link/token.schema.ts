import Joi from 'joi';

/** The token of a mailed link, as the page it leads to sends it on. */
export const linkToken = (): Joi.StringSchema => Joi.string().max(512).required();
