import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { SettingsRepository } from './settings.repository.js';
import { settingsView } from './settings.js';

export const getSettings =
  ({ settings }: { settings: SettingsRepository }) =>
  async ({ caller }: Call): Promise<Reply> =>
    ok(settingsView(await settings.of(caller.tenantId)));
