import { isDeepStrictEqual } from 'node:util';
import type { Money } from '@riparo/shared/contracts/money';
import { PartAdded, PartRetired, PartUpdated } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import { refuseStaleVersion, type IfMatch } from '@riparo/shared/persistence/if-match';
import type { Decision, Draft } from '@riparo/shared/persistence/repository';
import { currencyOf, isLow, keysOf, publishPart, revisionOf, type Part, type PartFields } from './part.js';
import { otherCurrency } from './part.errors.js';
import type { PartInput } from './part.schema.js';
import type { By } from './stock/stock-change.js';

/** Fields that are given replace, `null` clears, the others stay. */
export type PartEdit = { readonly [K in keyof PartInput]?: PartInput[K] | null } & { readonly active?: boolean };

/** Money in this currency; throws 422 when another one was named. */
export const inCurrency = <K extends string>(given: Readonly<Record<K, Money | number>>, currency: string): Readonly<Record<K, Money>> => {
  const entries = Object.entries<Money | number>(given);
  const wrong = entries.filter(([, value]) => typeof value !== 'number' && value.currency !== currency);
  if (wrong.length > 0)
    throw otherCurrency(
      wrong.map(([path]) => path),
      currency,
    );
  return Object.fromEntries(
    entries.map(([path, value]) => [path, { amount: typeof value === 'number' ? value : value.amount, currency }]),
  ) as Record<K, Money>;
};

export const newPart = (id: string, input: PartInput, currency: string, active = true): Draft<Part> => {
  const { salePrice, cost } = input;
  const fields = { ...input, ...inCurrency({ salePrice, cost }, currency) };
  const stock = { onHand: 0, reserved: 0, stockValue: 0, movementCount: 0, reservations: [], onOrder: [] };
  const draft = { ...fields, ...keysOf(fields), ...stock, id, active };
  return isLow(draft) ? { ...draft, low: true } : draft;
};

export const partAdded = (userId: string) => (part: Part) => [
  PartAdded.with({ part: publishPart(part), at: part.createdAt.toISOString(), actorUserId: userId }),
];

const moneyOf = (part: Part, { salePrice, cost }: PartEdit): Partial<PartFields> => {
  const given = Object.entries({ salePrice, cost }).flatMap(([path, value]) =>
    value === undefined || value === null ? [] : [[path, value]],
  );
  return inCurrency(Object.fromEntries(given) as Record<string, Money | number>, currencyOf(part));
};

const cleared = (edit: PartEdit): Partial<Part> =>
  Object.fromEntries(Object.entries(edit).map(([field, value]) => [field, value ?? undefined]));

/** An edit of the revisions that `If-Match` names. */
export const editRevision =
  (edit: PartEdit, ifMatch: IfMatch | undefined, by: By) =>
  (part: Part): Decision<Part> => {
    refuseStaleVersion(ifMatch, revisionOf(part));
    return editPart(part, edit, by);
  };

/** A part that an edit makes scarce is in the list of those, but is not told: who sets the minimum knows it. */
export const editPart = (part: Part, edit: PartEdit, by: By): Decision<Part> => {
  const { low: wasLow, ...merged } = { ...part, ...cleared(edit), ...moneyOf(part, edit) };
  const edited: Part = compact({ ...merged, ...keysOf(merged), ...(isLow(merged) ? { low: true as const } : {}) });
  if (isDeepStrictEqual(edited, compact({ ...part, ...(wasLow === undefined ? {} : { low: wasLow }) }))) return { state: part };
  const state = { ...edited, revision: revisionOf(part) + 1 };
  const told = { part: publishPart(state), at: by.at.toISOString(), ...(by.userId === undefined ? {} : { actorUserId: by.userId }) };
  return { state, events: [part.active && !state.active ? PartRetired.with(told) : PartUpdated.with(told)] };
};
