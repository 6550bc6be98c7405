import type { IndexKey, TenantRepository } from '@riparo/shared/persistence/repository';
import type { Filter } from '../../kernel/list-filters.js';
import { conditionsOf, facetsOf, planList, planOf, type ListPlan } from './plan-list.js';
import type { Ticket } from '../ticket.js';
import { byWords, type SortField } from '../ticket.indexes.js';
import type { TicketConditions } from './ticket-filter.js';
import { endOfPrefix } from '@riparo/shared/text/fold';
import { beginsWith, isBeginningOfNumber } from '../../kernel/search-words.js';

type TenantTickets = Pick<TenantRepository<Ticket, 'activities'>, 'count' | 'elements'>;

/** Words that begin with a term, if they are no more than this: each is one stretch of the index to merge. */
const MAX_WORDS = 24;
/** So many tickets are read and sorted in less time than it takes to find out more. */
const FEW = 100;
/** As many as that are still read and sorted rather than looked for among all others. */
const SOME = 500;

interface Term {
  readonly term: string;
  /** Tickets in scope with a word that begins with it, as far as they were counted; missing where nobody needs to know. */
  readonly count?: number;
}

const condition = (term: string): Filter => ({ words: isBeginningOfNumber(term) ? term : beginsWith(term) });

/** Where words are looked for: among a customer's tickets, or everybody's. */
interface Among {
  readonly filter: Filter;
  readonly hint: IndexKey;
  /** What is left to look up of whose they are. */
  readonly rest: readonly Filter[];
}

const amongOf = ({ scope, within }: TicketConditions): Among =>
  scope === 'customerId' ? { filter: within, hint: byWords(scope), rest: [] } : { filter: {}, hint: byWords(undefined), rest: [within] };

const countOf = (tickets: TenantTickets, { filter, hint }: Among, term: string): Promise<number> =>
  tickets.count({ ...filter, ...condition(term) }, { upTo: SOME, hint });

/** The rarest leads; what is counted no further is rarer the longer it is. */
const rarestFirst = async (tickets: TenantTickets, among: Among, terms: readonly string[]): Promise<readonly Term[]> => {
  if (terms.length === 1) return terms.map((term) => ({ term }));
  const counted = await Promise.all(terms.map(async (term) => ({ term, count: await countOf(tickets, among, term) })));
  return counted.sort((left, right) => left.count - right.count || right.term.length - left.term.length);
};

/** The words that begin with a term, unless there are too many. */
const wordsOf = async (tickets: TenantTickets, { filter, hint }: Among, term: string): Promise<readonly string[] | undefined> =>
  isBeginningOfNumber(term)
    ? [term]
    : tickets.elements({ field: 'words', filter, from: term, to: endOfPrefix(term), hint, most: MAX_WORDS });

/** Whether few are left to look through, because somebody has had few or because few values are asked for that few have. */
const fewListed = async (tickets: TenantTickets, wanted: TicketConditions, { filter, hint }: ListPlan): Promise<boolean> => {
  const narrowed = wanted.scope === 'holder' || Object.keys(facetsOf(wanted)).length > 0;
  return narrowed && (await tickets.count(filter, { upTo: SOME, hint })) < SOME;
};

/**
 * How a search is read, so that its cost depends on the page and not on how many tickets there are, whosesoever and
 * however old those are that match.
 *
 * The rarest term leads. As whole words, each of which has the newest first in the index, its tickets come in order. One that
 * begins too many different words is either rare altogether, then all its tickets are read and sorted; or so common that
 * going through the list in order soon fills a page. Of a technician's own tickets no index knows the words: what is not
 * rare is looked for among what they have had.
 */
export const planSearch = async (
  tickets: TenantTickets,
  wanted: TicketConditions,
  by: SortField,
  terms: readonly string[],
): Promise<ListPlan> => {
  const listed = planList(wanted, by);
  const throughList = planOf(listed.hint, [listed.filter], [listed.besides ?? {}, ...terms.map(condition)]);
  // A device has had few tickets, whatever is looked for among them.
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
