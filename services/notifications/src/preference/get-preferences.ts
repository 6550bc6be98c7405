import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { effective } from './preference.js';

/** Version 0 until something was chosen. */
export const getPreferences =
  ({ preferences }: Pick<Dependencies, 'preferences'>) =>
  async ({ caller }: Call): Promise<Reply> => {
    const stored = await preferences.in(caller.tenantId).find(caller.userId);
    return ok({ ...effective(stored), version: stored?.version ?? 0 });
  };
