import type { QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { ReserveQuotedParts } from './reserve-quoted.js';

export const onQuoteAccepted =
  ({ reserveQuotedParts }: { readonly reserveQuotedParts: ReserveQuotedParts }): EventHandler<QuoteEventV1> =>
  ({ tenantid, data: { quote, at } }) =>
    reserveQuotedParts(tenantid, quote, { at: new Date(at) });
