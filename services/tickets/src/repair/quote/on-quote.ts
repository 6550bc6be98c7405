import type { QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { stampOf } from '../../conversation/stamp.js';
import type { RepairDeps } from '../dependencies.js';
import { followQuote } from './follow-quote.js';

/** Repairs follow their quotes; quotes for tickets change nothing here. */
export const onQuote =
  ({ repairs }: Pick<RepairDeps, 'repairs'>): EventHandler<QuoteEventV1> =>
  async ({ id, tenantid, time, aggregateversion: version, data: { quote } }) => {
    if (quote.repairId === undefined) return;
    const at = new Date(time);
    const stamp = stampOf({ now: at, ids: seededIds(`${tenantid}:${id}`, at) });
    await repairs.in(tenantid).update(quote.repairId, (before) => followQuote(before, { quote, version }, stamp));
  };
