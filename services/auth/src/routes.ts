import { get, put, type Route } from '@riparo/shared/http/route';
import { accountPageRoutes } from './account-page/account-page.routes.js';
import { AUDIT_OPERATIONS } from './audit/audit.reference.js';
import { listAuditEvents, listAuditEventsInput } from './audit/list-audit-events.js';
import { customerRoutes } from './customer/customer.routes.js';
import type { Dependencies } from './dependencies.js';
import { exportRoutes } from './exports.js';
import { sessionRoutes } from './session/session.routes.js';
import { getSettings } from './settings/get-settings.js';
import { putSettings, putSettingsInput } from './settings/put-settings.js';
import { SETTINGS_OPERATIONS } from './settings/settings.reference.js';
import { getJwks } from './signing-key/get-jwks.js';
import { SIGNING_KEY_OPERATIONS } from './signing-key/signing-key.reference.js';
import { signInPageRoutes } from './sign-in-page/sign-in-page.routes.js';
import { userRoutes } from './user/user.routes.js';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  ...sessionRoutes(deps),
  ...accountPageRoutes(deps),
  ...signInPageRoutes(deps),
  ...userRoutes(deps),
  ...customerRoutes(deps),
  ...exportRoutes(deps),
  get('/settings', 'read:settings', 'The settings of the centre.', {}, getSettings(deps), SETTINGS_OPERATIONS.getSettings),
  put(
    '/settings',
    'write:settings',
    'Replaces the settings of the centre.',
    putSettingsInput,
    putSettings(deps),
    SETTINGS_OPERATIONS.updateSettings,
  ),
  get(
    '/audit-events',
    'read:audit-events',
    'The audit trail: who did what that matters to security.',
    listAuditEventsInput,
    listAuditEvents(deps),
    AUDIT_OPERATIONS.listAuditEvents,
  ),
  get('/.well-known/jwks.json', 'public', 'The public keys that verify access tokens.', {}, getJwks(deps), {
    ...SIGNING_KEY_OPERATIONS.getJwks,
    root: true,
  }),
];
