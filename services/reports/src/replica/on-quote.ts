import type { QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from './replicas.js';
import { toQuoteVersions } from './quote-version.js';

/** Keeps what has become of every version of a quote: a new one replaces the one before it without an event about that one. */
export const onQuote =
  ({ quoteVersions }: Pick<Replicas, 'quoteVersions'>): EventHandler<QuoteEventV1> =>
  async ({ tenantid, aggregateversion, data }) => {
    const copies = quoteVersions.in(tenantid);
    await Promise.all([...toQuoteVersions(data.quote)].map(([id, copy]) => copies.keep(id, aggregateversion, copy)));
  };
