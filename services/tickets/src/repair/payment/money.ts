import type { Money } from '@riparo/shared/contracts/money';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { Replicas } from '../../replica/replicas.js';

/** As people send it: with its currency, or the bare minor units of the repair's own. */
export type MoneyInput = Money | number;

export const inCurrency = (input: MoneyInput, currency: string): Money => (typeof input === 'number' ? { amount: input, currency } : input);

/** A repair is charged in one currency, that of the centre when it was opened. */
export const currencyFaults = (fields: Readonly<Record<string, MoneyInput | undefined>>, currency: string): readonly FieldFault[] =>
  Object.entries(fields)
    .filter(([, input]) => typeof input === 'object' && input.currency !== currency)
    .map(([path]) => ({ path: `${path}.currency`, message: `must be ${currency}` }));

/** `49.90 EUR`; how many decimals a currency has is its own affair. */
export const inWords = ({ amount, currency }: Money): string => {
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency}`;
};

export type CurrencyOf = (tenantId: string) => Promise<string>;

/** As the settings say; until they have arrived, as the installation was configured. */
export const createCurrencyOf =
  ({ settings }: Pick<Replicas, 'settings'>, fallback: string): CurrencyOf =>
  async (tenantId) =>
    (await settings.find(tenantId, tenantId))?.currency ?? fallback;
