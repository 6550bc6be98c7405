import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository, TenantRepository } from '@riparo/shared/persistence/repository';
import type { Task } from '../task/task.js';
import { defaultSettings, settingsChanged, type Settings, type SettingsDefaults } from './settings.js';

/** Settings as they are kept: with what is still to be done because of a write to them, see task.ts. */
export interface StoredSettings extends Settings {
  readonly tasks: readonly Task[];
}

export interface SettingsRepository {
  in(tenantId: string): TenantRepository<StoredSettings, 'tasks'>;
  /** A tenant's settings; made from the defaults when it has none yet. */
  of(tenantId: string): Promise<Settings>;
  ensureIndexes(): Promise<void>;
}

export const createSettingsRepository = ({ connection, clock, relay }: Platform, defaults: SettingsDefaults): SettingsRepository => {
  const repository: Repository<StoredSettings, 'tasks'> = createMongoRepository<StoredSettings, 'tasks'>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'settings',
    appendOnly: ['tasks'],
  });
  return {
    in: (tenantId) => repository.in(tenantId),
    of: async (tenantId) => {
      const tenant = repository.in(tenantId);
      const found = await tenant.find(tenantId);
      if (found !== undefined) return found;
      const { tasks: _none, ...made } = await tenant.insert({ ...defaultSettings(tenantId, defaults), tasks: [] }, settingsChanged);
      return made;
    },
    ensureIndexes: () => repository.ensureIndexes(),
  };
};
