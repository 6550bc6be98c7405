import { ASSET_CATEGORIES, ASSET_STATUSES, type AssetCategory, type AssetStatus } from '@riparo/shared/contracts/enums';
import type { IndexKey, TenantRepository } from '@riparo/shared/persistence/repository';
import type { Asset } from './asset.js';
import type { Filter } from './coverage.js';
import { AT_LOCATION, byCover, byFacets, byTag, byWords, inOrder, OF_PLAN, type ScopeField, type SortField } from './asset.indexes.js';

/** What a list asks for. */
export interface AssetConditions {
  readonly customerId?: string;
  readonly status?: AssetStatus;
  readonly category?: AssetCategory;
  readonly locationId?: string;
  readonly servicePlanId?: string;
  readonly tag?: string;
  /** One condition for each word of a search. */
  readonly words: readonly Filter[];
  readonly coverage?: Pick<Narrowing, 'condition' | 'alternatives'>;
}

/** How a list is read: what an index answers, what is looked up in the documents that it leads to, and the index. */
export interface ListPlan {
  readonly filter: Filter;
  /** How the total is counted where nothing narrows the list but one condition. */
  readonly counted?: readonly { readonly filter: Filter; readonly hint: IndexKey }[];
  readonly besides?: Filter;
  readonly hint: IndexKey;
}

/** A condition that may be true of few devices only. */
interface Narrowing {
  readonly condition: Filter;
  /** Any one of these is the same, each as one stretch of the index answers it; missing: they would be too many. */
  readonly alternatives?: readonly Filter[];
  readonly hint: IndexKey;
}

/** So many are read and sorted in less time than it takes to look for them among all others. */
const FEW = 500;

const present = (conditions: readonly Filter[]): readonly Filter[] => conditions.filter((one) => Object.keys(one).length > 0);

const joined = (conditions: readonly Filter[]): Filter => {
  const [first = {}, ...more] = present(conditions);
  return more.length === 0 ? first : { $and: [first, ...more] };
};

const within = ({ customerId }: AssetConditions): Filter => (customerId === undefined ? {} : { customerId });

const facetsOf = ({ status, category }: AssetConditions): Filter => ({ ...(status && { status }), ...(category && { category }) });

const narrowingsOf = (wanted: AssetConditions, scope: ScopeField): readonly Narrowing[] => {
  const { locationId, servicePlanId, tag, words, coverage } = wanted;
  const one = (condition: Filter, hint: IndexKey): Narrowing => ({ condition, alternatives: [condition], hint });
  return [
    ...(locationId === undefined ? [] : [one({ locationId }, AT_LOCATION)]),
    ...(servicePlanId === undefined ? [] : [one({ servicePlanId }, OF_PLAN)]),
    ...(tag === undefined ? [] : [one({ tags: tag }, byTag(scope))]),
    ...words.map((word) => one(word, byWords(scope))),
    ...(coverage === undefined ? [] : [{ ...coverage, hint: byCover(scope) }]),
  ];
};

/** Everything in its order; what has few values is named, so that what follows it in the index is in order within each. */
const throughAll = (wanted: AssetConditions, scope: ScopeField, by: SortField, rest: readonly Filter[]): ListPlan => {
  const { status, category } = wanted;
  const besides = present(rest).length === 0 ? {} : { besides: joined(rest) };
  if (status === undefined && category === undefined) return { filter: within(wanted), hint: inOrder(scope, by), ...besides };
  const facets = {
    status: status ?? { $in: ASSET_STATUSES },
    category: category ?? { $in: ASSET_CATEGORIES },
  };
  return { filter: { ...within(wanted), ...facets }, hint: byFacets(scope, by), ...besides };
};

type Assets = Pick<TenantRepository<Asset>, 'count' | 'list'>;

/** The alternatives of a condition that any device meets, if all of them together are few. */
const fewOf = async (assets: Assets, wanted: AssetConditions, { alternatives, hint }: Narrowing) => {
  if (alternatives === undefined) return { count: FEW, met: [] };
  const filters = alternatives.map((one) => ({ ...within(wanted), ...one }));
  const counts = await Promise.all(filters.map((filter) => assets.count(filter, { upTo: FEW, hint })));
  // The only one leads even if nothing meets it.
  const met = filters.length === 1 ? filters : filters.filter((_, index) => counts[index] !== 0);
  return { count: counts.reduce((sum, count) => sum + count, 0), met };
};

const idsOf = async (assets: Assets, filters: readonly Filter[]): Promise<readonly string[]> =>
  (await Promise.all(filters.map((filter) => assets.list(filter, { limit: FEW })))).flat().map(({ id }) => id);

/**
 * How a list is read, so that its cost depends on the page and not on how many devices there are: of the conditions that
 * narrow it, the one that fewest devices meet leads, if they are few enough to be read and sorted; if all are common, going
 * through the list in its order soon fills a page. See docs/adr/0024-a-page-costs-a-page.md.
 */
export const planList = async (assets: Assets, wanted: AssetConditions, by: SortField): Promise<ListPlan> => {
  const scope: ScopeField = wanted.customerId === undefined ? undefined : 'customerId';
  const narrowings = narrowingsOf(wanted, scope);
  const found = await Promise.all(narrowings.map((one) => fewOf(assets, wanted, one)));
  const rarest = found.reduce((best, { count }, index) => (count < (found[best]?.count ?? FEW) ? index : best), 0);
  const [leads, few] = [narrowings[rarest], found[rarest]];
  const conditionsBut = (left: Narrowing | undefined) => narrowings.filter((one) => one !== left).map(({ condition }) => condition);
  if (leads === undefined || few === undefined || few.count >= FEW) {
    const all = throughAll(wanted, scope, by, conditionsBut(undefined));
    const alone = narrowings.length === 1 && present([facetsOf(wanted)]).length === 0;
    return alone && few !== undefined && few.met.length > 0
      ? { ...all, counted: few.met.map((filter) => ({ filter, hint: narrowings[0]?.hint ?? all.hint })) }
      : all;
  }
  const rest = [facetsOf(wanted), ...conditionsBut(leads)];
  const besides = present(rest).length === 0 ? {} : { besides: joined(rest) };
  const [only, ...more] = few.met;
  if (only !== undefined && more.length === 0) return { filter: only, hint: leads.hint, ...besides };
  // Of several stretches, or of none: no index has them together.
  return { filter: { ...within(wanted), id: { $in: await idsOf(assets, few.met) } }, hint: inOrder(scope, 'id'), ...besides };
};
