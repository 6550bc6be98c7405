import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { changeSettings } from './settings.js';
import type { SettingsRepository } from './settings.repository.js';
import { settingsSchema, type SettingsBody } from './settings.schema.js';
import { settingsView } from './settings.view.js';

export const putSettingsInput = { body: settingsSchema };

export const putSettings =
  ({ settings }: { settings: SettingsRepository }) =>
  async ({ caller: { tenantId }, body, ifMatch }: Call<SettingsBody>): Promise<Reply> => {
    await settings.of(tenantId);
    const data = { ...body, calendar: { ...body.calendar, timeZone: body.timeZone } };
    const changed = await settings
      .in(tenantId)
      .update(tenantId, (state) => changeSettings(state, data), ifMatch === undefined ? {} : { ifMatch });
    return ok(settingsView(changed ?? (await settings.of(tenantId))));
  };
