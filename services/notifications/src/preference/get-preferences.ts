import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { effective } from './preference.js';

/** Whether the person's own number has answered STOP. */
export const smsStopOf = async (
  { users, stoppedNumbers }: Pick<Dependencies, 'users' | 'stoppedNumbers'>,
  tenantId: string,
  userId: string,
): Promise<{ readonly smsStopped?: true }> => {
  const phone = (await users.find(tenantId, userId))?.phone;
  return phone !== undefined && (await stoppedNumbers.has(phone)) ? { smsStopped: true } : {};
};

/** Version 0 until something was chosen. */
export const getPreferences =
  (deps: Pick<Dependencies, 'preferences' | 'users' | 'stoppedNumbers'>) =>
  async ({ caller }: Call): Promise<Reply> => {
    const stored = await deps.preferences.in(caller.tenantId).find(caller.userId);
    const stop = await smsStopOf(deps, caller.tenantId, caller.userId);
    return ok({ ...effective(stored), ...stop, version: stored?.version ?? 0 });
  };
