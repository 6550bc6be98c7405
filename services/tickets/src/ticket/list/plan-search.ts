import type { IndexKey, TenantRepository } from '@riparo/shared/persistence/repository';
import { HAS_CUT_WORDS, type Filter } from '../../kernel/list-filters.js';
import { conditionsOf, facetsOf, planList, planOf, type ListPlan } from './plan-list.js';
import type { Ticket } from '../ticket.js';
import { byWords, type SortField } from '../ticket.indexes.js';
import type { TicketConditions } from './ticket-filter.js';
import { beginsWith, endOfPrefix } from '@riparo/shared/text/search-words';
import { numberWordsOfTerm } from '../../kernel/number-words.js';

type TenantTickets = Pick<TenantRepository<Ticket, 'activities'>, 'count' | 'elements'>;

/** Limit of words that begin with a term: the database merges one stretch of the index for each. */
const MAX_WORDS = 24;
/** So few tickets are read and sorted faster than a better plan is found. */
const FEW = 100;
/** Up to so many tickets are read and sorted. When more match, going through the list in its order is faster. */
const SOME = 500;

interface Term {
  readonly term: string;
  /** Tickets in scope with a word that begins with the term, counted up to 500; missing where the count is not needed. */
  readonly count?: number;
}

const condition = (term: string): Filter => {
  const words = numberWordsOfTerm(term);
  return { words: words === undefined ? beginsWith(term) : { $in: words } };
};

/** The tickets whose words are searched: a customer's, or all. */
interface Among {
  readonly filter: Filter;
  readonly hint: IndexKey;
  /** Conditions of the scope that the index of words does not answer. */
  readonly rest: readonly Filter[];
}

const amongOf = ({ scope, within }: TicketConditions): Among =>
  scope === 'customerId' ? { filter: within, hint: byWords(scope), rest: [] } : { filter: {}, hint: byWords(undefined), rest: [within] };

/** Whether some of the tickets that are searched have more words than are kept. */
export const isPartialSearch = async (tickets: TenantTickets, wanted: TicketConditions): Promise<boolean> => {
  const { filter, hint } = amongOf(wanted);
  return (await tickets.count({ ...filter, ...HAS_CUT_WORDS }, { upTo: 1, hint })) > 0;
};

const countOf = (tickets: TenantTickets, { filter, hint }: Among, term: string): Promise<number> =>
  tickets.count({ ...filter, ...condition(term) }, { upTo: SOME, hint });

/** Puts the rarest term first. Of terms counted up to the limit, the longest comes first, because longer terms are rarer. */
const rarestFirst = async (tickets: TenantTickets, among: Among, terms: readonly string[]): Promise<readonly Term[]> => {
  if (terms.length === 1) return terms.map((term) => ({ term }));
  const counted = await Promise.all(terms.map(async (term) => ({ term, count: await countOf(tickets, among, term) })));
  return counted.sort((left, right) => left.count - right.count || right.term.length - left.term.length);
};

/** The words that begin with a term; `undefined` when there are too many. */
const wordsOf = async (tickets: TenantTickets, { filter, hint }: Among, term: string): Promise<readonly string[] | undefined> =>
  numberWordsOfTerm(term) ?? tickets.elements({ field: 'words', filter, from: term, to: endOfPrefix(term), hint, most: MAX_WORDS });

/** Whether few tickets are left to go through: the scope is one technician's, or a filter on fields with few values matches few tickets. */
const fewListed = async (tickets: TenantTickets, wanted: TicketConditions, { filter, hint }: ListPlan): Promise<boolean> => {
  const narrowed = wanted.scope === 'holder' || Object.keys(facetsOf(wanted)).length > 0;
  return narrowed && (await tickets.count(filter, { upTo: SOME, hint })) < SOME;
};

/**
 * Plans a search so that its cost depends on the page, not on the number of tickets or on the age of the matches. The
 * rarest term leads.
 * - A term that begins few different words becomes these words. The index has the newest tickets of each word first, so
 *   they come in order.
 * - A term that begins too many words is either rare: its tickets are read and sorted. Or it is common: going through
 *   the list in order soon fills a page.
 * - No index has the words of one technician's tickets: unless the term is rare, it is looked for among all tickets
 *   that the technician has had.
 */
export const planSearch = async (
  tickets: TenantTickets,
  wanted: TicketConditions,
  by: SortField,
  terms: readonly string[],
): Promise<ListPlan> => {
  const listed = planList(wanted, by);
  const throughList = planOf(listed.hint, [listed.filter], [listed.besides ?? {}, ...terms.map(condition)]);
  // A device has few tickets, so they are simply gone through.
  if (wanted.assetId !== undefined) return throughList;
  const among = amongOf(wanted);
  const [{ term, count } = { term: '' }, ...others] = await rarestFirst(tickets, among, terms);
  const rest = [...among.rest, ...others.map((other) => condition(other.term)), ...conditionsOf(wanted)];
  const sorting = planOf(among.hint, [{ ...among.filter, ...condition(term) }], rest);
  if (count !== undefined && count <= FEW) return sorting;
  if (await fewListed(tickets, wanted, listed)) return throughList;
  const words = by === 'createdAt' && wanted.scope !== 'holder' ? await wordsOf(tickets, among, term) : undefined;
  if (words !== undefined) return { ...planOf(among.hint, [{ ...among.filter, words: { $in: words } }], rest), byTimeAlone: true };
  return (count ?? (await countOf(tickets, among, term))) < SOME ? sorting : throughList;
};
