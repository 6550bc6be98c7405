import type { Replicas } from '../../replica/replicas.js';

export type CurrencyOf = (tenantId: string) => Promise<string>;

/** As the settings say; until they have arrived, as the installation was configured. */
export const createCurrencyOf =
  ({ settings }: Pick<Replicas, 'settings'>, fallback: string): CurrencyOf =>
  async (tenantId) =>
    (await settings.find(tenantId, tenantId))?.currency ?? fallback;
