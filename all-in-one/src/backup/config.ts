import { defineConfig } from '@riparo/shared/config/load-config';
import { allInOneKeys } from '../config.js';

const { DATA_DIR, MONGO_URL, INTERNAL_SECRET, DEVICE_PASSWORD_KEY } = allInOneKeys;

/** What backup and restore read of an installation's configuration; a fault elsewhere in it does not keep them from their work. */
export const configuration = defineConfig({ DATA_DIR, MONGO_URL, INTERNAL_SECRET, DEVICE_PASSWORD_KEY }, process.env);
