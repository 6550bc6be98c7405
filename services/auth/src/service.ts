import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { KeySource } from '@riparo/shared/http/key-source';
import { assembleService } from '@riparo/shared/runtime/assemble-service';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Service } from '@riparo/shared/runtime/service';
import type { AuthConfig } from './config.js';
import { createDeps } from './deps.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { ensureAdmin, type InitialAdmin } from './user/ensure-admin.js';

export interface AuthService extends Service {
  /** For verifiers in the same process. */
  readonly keys: KeySource;
}

export interface AuthOptions {
  /** Told once, when the first start has made the SUPER_ADMIN. */
  readonly onInitialAdmin?: (admin: InitialAdmin) => void;
}

export const createAuthService = (platform: Platform, config: AuthConfig, { onInitialAdmin }: AuthOptions = {}): AuthService => {
  const deps = createDeps(platform, config);
  const { users, customers, sessions, records, throttles, settings, keys, tasks, hasher } = deps;
  const service = assembleService({
    name: 'auth',
    platform,
    routes: routes(deps),
    jobs: jobs(deps),
    repositories: [users, customers, sessions, records, throttles, settings, keys, tasks],
    onStart: async () => {
      await keys.current();
      await settings.of(DEFAULT_TENANT);
      const admin = await ensureAdmin({ users, hasher, ids: platform.ids, email: config.ADMIN_EMAIL, password: config.ADMIN_PASSWORD });
      if (admin !== undefined) onInitialAdmin?.(admin);
      await tasks.sweep();
    },
    onStop: () => hasher.stop(),
  });
  return { ...service, keys: keys.source };
};
