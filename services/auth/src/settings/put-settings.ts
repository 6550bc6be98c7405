import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { changedFields } from '../audit/audit-event.js';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { changeSettings, settingsView } from './settings.js';
import type { SettingsRepository } from './settings.repository.js';
import { settingsSchema, type SettingsBody } from './settings.schema.js';

export const putSettingsInput = { body: settingsSchema };

interface Deps {
  readonly settings: SettingsRepository;
  readonly settingsTasks: TaskRunner;
}

export const putSettings =
  ({ settings, settingsTasks }: Deps) =>
  async (call: Call<SettingsBody>): Promise<Reply> => {
    const { body, ids, ifMatch } = call;
    const { tenantId } = call.caller;
    await settings.of(tenantId);
    const data = { ...body, calendar: { ...body.calendar, timeZone: body.timeZone } };
    const changed = await settings.in(tenantId).update(
      tenantId,
      (state) => {
        const decision = changeSettings(state, data);
        const audit = auditTask(ids, call, { type: 'SETTINGS_CHANGED', details: changedFields(state, decision.state) });
        return entailing(state, decision, audit);
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    await settingsTasks.run(tenantId, tenantId);
    return ok(settingsView(changed ?? (await settings.of(tenantId))));
  };
