import Joi from 'joi';

const ONE = String.raw`https?:\/\/[^\s,/]+\/?`;
const LIST = new RegExp(String.raw`^\s*${ONE}(?:\s*,\s*${ONE})*\s*$`);

/** The single addresses of such a list. */
export const addressesIn = (list: string): readonly string[] => list.split(',').map((address) => address.trim());

/**
 * Where another service can be reached: one address, or the addresses of several instances with commas between; see
 * `createInternalClient`.
 */
export const addresses = (defaultPort: number): Joi.StringSchema =>
  Joi.string()
    .pattern(LIST)
    .messages({ 'string.pattern.base': 'must be http(s)://host:port, several of them with commas between' })
    .default(`http://localhost:${defaultPort}`);
