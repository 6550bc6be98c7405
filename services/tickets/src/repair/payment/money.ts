import type { Money } from '@riparo/shared/contracts/money';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { Replicas } from '../../replica/replicas.js';

/**
 * An amount as requests send it: with its currency, or as a bare number of minor units in the repair's currency. `4990`
 * and `{ amount: 4990, currency: 'EUR' }` both mean 49.90 EUR.
 */
export type MoneyInput = Money | number;

export const inCurrency = (input: MoneyInput, currency: string): Money => (typeof input === 'number' ? { amount: input, currency } : input);

/** A repair has one currency: the centre's currency when the repair was opened. Another one is a fault: `amount.currency must be EUR`. */
export const currencyFaults = (fields: Readonly<Record<string, MoneyInput | undefined>>, currency: string): readonly FieldFault[] =>
  Object.entries(fields)
    .filter(([, input]) => typeof input === 'object' && input.currency !== currency)
    .map(([path]) => ({ path: `${path}.currency`, message: `must be ${currency}` }));

export type CurrencyOf = (tenantId: string) => Promise<string>;

/** The currency of the tenant's settings; until these have arrived, the configured one. */
export const createCurrencyOf =
  ({ settings }: Pick<Replicas, 'settings'>, fallback: string): CurrencyOf =>
  async (tenantId) =>
    (await settings.find(tenantId, tenantId))?.currency ?? fallback;
