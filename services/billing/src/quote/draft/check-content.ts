import type { Money } from '@riparo/shared/contracts/money';
import { overDiscounted, totalsOf } from '@riparo/shared/contracts/price-lines';
import { invalidInput, unavailable } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { DateTime } from 'luxon';
import type { Replicas } from '../../replica/replicas.js';
import { inWords } from '@riparo/shared/text/write-money';
import type { QuoteContent, QuoteLine } from '../quote.js';
import type { ContentEdit } from '../quote.schema.js';

/** Longer than that nobody keeps a price. */
const MOST_DAYS = 366;

/** Every amount of the content with its path. */
const amountsOf = ({
  lines,
  maximum,
  depositRequired,
  refusalFee,
  replacementDevice,
}: QuoteContent): readonly (readonly [string, Money | undefined])[] => [
  ...lines.map(({ unitPrice }, index) => [`lines.${index}.unitPrice`, unitPrice] as const),
  ['maximum', maximum],
  ['depositRequired', depositRequired],
  ['refusalFee', refusalFee],
  ['replacementDevice.cost', replacementDevice?.cost],
];

const sumFaults = ({ lines, maximum }: QuoteContent, currency: string): readonly FieldFault[] => {
  const rates = overDiscounted(lines);
  if (rates.length > 0) return rates.map((rate) => ({ path: 'lines', message: `must not take off more than is charged at ${rate} %` }));
  const { total } = totalsOf(lines, currency);
  return maximum === undefined || maximum.amount >= total.amount
    ? []
    : [{ path: 'maximum', message: `must not be below the total of ${inWords(total)}` }];
};

const dayFaults = (validUntil: string | undefined, today: string): readonly FieldFault[] => {
  if (validUntil === undefined) return [];
  if (validUntil < today) return [{ path: 'validUntil', message: 'must not be in the past' }];
  const last = DateTime.fromISO(today).plus({ days: MOST_DAYS }).toFormat('yyyy-MM-dd');
  return validUntil > last ? [{ path: 'validUntil', message: `must not be after ${last}` }] : [];
};

export interface ContentRules {
  readonly currency: string;
  /** `2026-01-31` in the centre's time zone. */
  readonly today: string;
  /** What the customer agreed to at the intake; a quote may ask for less. Missing: nothing was agreed. */
  readonly agreedFee: Money | undefined;
}

const feeFaults = ({ refusalFee }: QuoteContent, agreed: Money | undefined): readonly FieldFault[] =>
  refusalFee === undefined || agreed?.currency !== refusalFee.currency || refusalFee.amount <= agreed.amount
    ? []
    : [{ path: 'refusalFee', message: `must not be above the ${inWords(agreed)} that were agreed at the intake` }];

/** What is wrong with a content in itself. Sums are looked at only where all amounts are in one currency. */
export const contentFaults = (content: QuoteContent, { currency, today, agreedFee }: ContentRules): readonly FieldFault[] => {
  const foreign = amountsOf(content)
    .filter(([, money]) => money !== undefined && money.currency !== currency)
    .map(([path]) => ({ path: `${path}.currency`, message: `must be ${currency}` }));
  const { calculationMethod, maximum, replacementDevice } = content;
  return [
    ...foreign,
    ...(foreign.length === 0 ? sumFaults(content, currency) : []),
    ...(calculationMethod !== undefined && maximum === undefined ? [{ path: 'calculationMethod', message: 'needs a maximum' }] : []),
    ...(replacementDevice?.offered === false && replacementDevice.cost !== undefined
      ? [{ path: 'replacementDevice.cost', message: 'is only for a replacement that is offered' }]
      : []),
    ...feeFaults(content, agreedFee),
    ...dayFaults(content.validUntil, today),
  ];
};

/** Parts that nobody can order. A part that was added a moment ago may not have arrived here yet. */
export const partFaults = async (
  { parts }: Pick<Replicas, 'parts'>,
  tenantId: string,
  lines: readonly Pick<QuoteLine, 'partId'>[],
): Promise<readonly FieldFault[]> => {
  const known = await parts.in(tenantId).findMany(lines.flatMap(({ partId }) => (partId === undefined ? [] : [partId])));
  return lines.flatMap(({ partId }, index) => {
    const part = partId === undefined ? undefined : known.get(partId);
    if (partId === undefined || part?.active === true) return [];
    return [{ path: `lines.${index}.partId`, message: part === undefined ? 'is an unknown part' : 'is a part that is no longer offered' }];
  });
};

/** The European form is for consumers. */
export const formFaults = async (
  { customers }: Pick<Replicas, 'customers'>,
  tenantId: string,
  customerId: string,
  { giveEuropeanForm }: Pick<ContentEdit, 'giveEuropeanForm'>,
): Promise<readonly FieldFault[]> => {
  if (giveEuropeanForm !== true) return [];
  const customer = await customers.in(tenantId).find(customerId);
  if (customer === undefined) throw unavailable("The customer's record");
  return customer.type === 'INDIVIDUAL' ? [] : [{ path: 'giveEuropeanForm', message: 'is for private customers only' }];
};

/** Throws 422 with all faults at once. */
export const refuseFaults = (faults: readonly FieldFault[]): void => {
  if (faults.length > 0) throw invalidInput(faults);
};
