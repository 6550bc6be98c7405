import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository, TenantRepository } from '@riparo/shared/persistence/repository';
import type { Storage } from '../storage.js';
import { defaultSettings, settingsChanged, type Settings, type SettingsDefaults } from './settings.js';

export interface SettingsRepository {
  in(tenantId: string): TenantRepository<Settings>;
  /** A tenant's settings; made from the defaults when it has none yet. */
  of(tenantId: string): Promise<Settings>;
  ensureIndexes(): Promise<void>;
}

export const createSettingsRepository = (storage: Storage, defaults: SettingsDefaults): SettingsRepository => {
  const repository: Repository<Settings> = createMongoRepository<Settings>({ ...storage, collection: 'settings' });
  return {
    in: (tenantId) => repository.in(tenantId),
    of: async (tenantId) => {
      const tenant = repository.in(tenantId);
      return (await tenant.find(tenantId)) ?? tenant.insert(defaultSettings(tenantId, defaults), settingsChanged);
    },
    ensureIndexes: () => repository.ensureIndexes(),
  };
};
