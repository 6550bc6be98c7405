import type { QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { ReserveQuote } from './reserve-quote.js';

export const onQuoteAccepted =
  ({ reserveQuote }: { readonly reserveQuote: ReserveQuote }): EventHandler<QuoteEventV1> =>
  ({ tenantid, data: { quote, at } }) =>
    reserveQuote(tenantid, quote, { at: new Date(at) });
