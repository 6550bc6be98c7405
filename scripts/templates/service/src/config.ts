import Joi from 'joi';
import { defineConfig, key, type ConfigOf } from '@riparo/shared/config/load-config';
import { serviceKeys } from '@riparo/shared/config/process-keys';

/** Keys of this service, besides those of every process. */
export const __camel__Keys = {
  NOTES_PER_TENANT: key<number>(Joi.number().integer().min(1).default(1_000), 'Most notes that are kept for one tenant'),
};

export type __Name__Config = ConfigOf<typeof __camel__Keys>;

export const configuration = defineConfig({ ...serviceKeys(__port__), ...__camel__Keys }, process.env);
