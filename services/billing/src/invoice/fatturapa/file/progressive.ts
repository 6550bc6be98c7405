import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { FiscalId } from '../fattura.js';

/** Names of files end with five letters or digits, and a name is never used twice, not even after a refusal (check 00002). */
const LENGTH = 5;
const BASE = 36;
/**
 * `R0000`. Programs that a centre used before mostly count from `00001`: the first letter keeps their names and these
 * apart.
 */
const FIRST = 27 * BASE ** (LENGTH - 1);
/** 15,116,543 files. */
const MOST = BASE ** LENGTH - FIRST - 1;

/** The first is `R0001`, the last `ZZZZZ`. */
export const writeProgressive = (count: number): string => {
  if (count < 1 || count > MOST) throw new Error(`electronic invoices are counted from 1 to ${MOST}, not ${count}`);
  return (FIRST + count).toString(BASE).toUpperCase();
};

export const fileNameOf = ({ IdPaese, IdCodice }: FiscalId, progressive: string): string => `${IdPaese}${IdCodice}_${progressive}.xml`;

interface Counter {
  readonly _id: string;
  readonly count: number;
}

/** Counts files of a tenant. Gaps are fine: a crash leaves one. */
export type NextProgressive = (tenantId: string) => Promise<string>;

export const createNextProgressive = ({ connection }: Pick<Platform, 'connection'>): NextProgressive => {
  const counters = collectionOf<Counter>(connection, 'fatturapa_counters');
  return async (tenantId) => {
    const after = await counters.findOneAndUpdate({ _id: tenantId }, { $inc: { count: 1 } }, { upsert: true, returnDocument: 'after' });
    return writeProgressive(after?.count ?? 0);
  };
};
