import type { Money } from '@riparo/shared/contracts/money';
import { compact } from '@riparo/shared/json/compact';
import type { QuoteContent, QuoteLine, QuoteVersion } from '../quote.js';
import type { ContentEdit, ContentInput, QuoteLineInput } from '../quote.schema.js';

type Amount = Money | number;

const inCurrency = (input: Amount, currency: string): Money => (typeof input === 'number' ? { amount: input, currency } : input);
const maybe = (input: Amount | undefined, currency: string): Money | undefined =>
  input === undefined ? undefined : inCurrency(input, currency);

const lineOf = ({ unitPrice, ...line }: QuoteLineInput, currency: string): QuoteLine => ({
  ...line,
  unitPrice: inCurrency(unitPrice, currency),
});

/** What a request wrote, with every amount in full. Fields that are not of the content are left out. */
export const contentOf = (input: ContentInput, currency: string): QuoteContent => {
  const { lines, maximum, depositRequired, refusalFee, replacementDevice, giveEuropeanForm } = input;
  const { calculationMethod, finding, timeNeeded, timeNeededFrom, handoverPlace, partsCondition, note, validUntil } = input;
  return compact({
    lines: lines.map((line) => lineOf(line, currency)),
    maximum: maybe(maximum, currency),
    depositRequired: maybe(depositRequired, currency),
    refusalFee: maybe(refusalFee, currency),
    replacementDevice: replacementDevice && compact({ offered: replacementDevice.offered, cost: maybe(replacementDevice.cost, currency) }),
    calculationMethod,
    finding,
    timeNeeded,
    timeNeededFrom,
    handoverPlace,
    partsCondition,
    note,
    validUntil,
    giveEuropeanForm,
  });
};

/** The content of a version after an edit. The next version of a sent quote ends on a day of its own. */
export const mergedContent = ({ validUntil, ...before }: QuoteVersion, edit: ContentEdit, currency: string): QuoteContent => {
  const kept = before.status === 'DRAFT' ? { validUntil } : {};
  const cleared = Object.fromEntries(Object.entries(edit).map(([field, value]) => [field, value ?? undefined]));
  return contentOf({ ...before, ...kept, ...cleared }, currency);
};
