import type { Route } from '@riparo/shared/http/route';
import type { Dependencies } from './dependencies.js';
import { exportRoutes } from './exports.js';
import { fatturapaRoutes } from './invoice/fatturapa/fatturapa.routes.js';
import { invoiceRoutes } from './invoice/invoice.routes.js';
import { paymentRoutes } from './payment/payment.routes.js';
import { quoteRoutes } from './quote/quote.routes.js';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  ...quoteRoutes(deps),
  ...invoiceRoutes(deps),
  ...fatturapaRoutes(deps),
  ...paymentRoutes(deps),
  ...exportRoutes(deps),
];
