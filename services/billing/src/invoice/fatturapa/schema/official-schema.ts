import type { Platform } from '@riparo/shared/composition/platform';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The schema of the tax office, which the operator has put beside Riparo. */
export interface OfficialSchema {
  readonly invoice: Buffer;
  /** The schema of signatures, which it imports. */
  readonly signatures: Buffer;
  /** Where it imports that from. */
  readonly address: string;
}

/** In the same folder. */
export const SIGNATURES_FILE = 'xmldsig-core-schema.xsd';
const SIGNATURES_ADDRESS = 'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd';

/** SHA-256 of `Schema_VFPR12_v1.2.3.xsd` and of the schema of signatures. Copies that others give out differ. */
const KNOWN = {
  invoice: '152944f6eef9f5d69ef6e955ee173b32142b00a8c1c5222fc97dfab5910e8a8c',
  signatures: '35cf8197da812c85e40d57891b35c94187569ed474a2dac813ce5090dafcd35c',
};

const read = (path: string, known: string, log: Platform['log']): Buffer => {
  const bytes = readFileSync(path);
  const sha256 = hash('sha256', bytes);
  if (sha256 !== known)
    log.warn({ path, sha256, known }, 'this is not the schema known as the official one; documents are checked with it all the same');
  return bytes;
};

/** The schema at `path`, with the one of signatures in the same folder. A missing file stops the start. */
export const readOfficialSchema = (path: string, log: Platform['log']): OfficialSchema => ({
  invoice: read(path, KNOWN.invoice, log),
  signatures: read(join(dirname(path), SIGNATURES_FILE), KNOWN.signatures, log),
  address: SIGNATURES_ADDRESS,
});
