import { action, get, type Route } from '@riparo/shared/http/route';
import { FATTURAPA_OPERATIONS } from './fatturapa.reference.js';
import { dropFatturapa, getFatturapa, type DropDeps } from './get-fatturapa.js';

export const fatturapaRoutes = (deps: DropDeps): readonly Route[] => [
  get(
    '/invoices/:id/fatturapa.xml',
    'read:invoices',
    'Returns the electronic invoice (FatturaPA): made when it is first asked for, and the same bytes ever after.',
    {},
    getFatturapa(deps),
    FATTURAPA_OPERATIONS.getFatturapa,
  ),
  action(
    '/invoices/:id/fatturapa/drop',
    'write:invoices',
    'Puts the electronic invoice into the folder from which the operator sends it; once, however often it is asked.',
    {},
    dropFatturapa(deps),
    FATTURAPA_OPERATIONS.dropFatturapa,
  ),
];
