import type { Platform } from '@riparo/shared/composition/platform';
import type { BillingConfig } from '../../config.js';
import { createDropFolder } from './file/outbox.js';
import { createNextProgressive } from './file/progressive.js';
import { createCheckSchema } from './schema/check-schema.js';
import { readOfficialSchema } from './schema/official-schema.js';

type Keys = Pick<BillingConfig, 'FATTURAPA_SCHEMA' | 'FATTURAPA_DROP_DIR'>;

/** What electronic invoices are counted, checked and dropped with. */
export const createFatturapaTools = (platform: Platform, { FATTURAPA_SCHEMA: schema, FATTURAPA_DROP_DIR: folder }: Keys) => ({
  nextProgressive: createNextProgressive(platform),
  checkSchema: createCheckSchema(schema === undefined ? undefined : readOfficialSchema(schema, platform.log)),
  fatturapaOutbox: folder === undefined ? undefined : createDropFolder(folder),
});
