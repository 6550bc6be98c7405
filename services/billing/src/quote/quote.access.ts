import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { refuseStaleVersion, type IfMatch } from '@riparo/shared/persistence/if-match';
import type { FindWork } from '../work/work.js';
import { quoteNotFound } from './quote.errors.js';
import { newestSentOf, type Quote } from './quote.js';
import type { Quotes } from './quote.repository.js';

export interface AccessDeps {
  readonly quotes: Quotes;
  readonly findWork: FindWork;
}

export const isCustomer = ({ customerId }: Pick<Caller, 'customerId'>): boolean => customerId !== undefined;

/** Technicians hold what is assigned to them; the repair may have been given to them a moment ago. */
const holds = async ({ findWork }: AccessDeps, { tenantId, userId }: Caller, quote: Quote): Promise<boolean> => {
  if (quote.assignedToUserId === userId) return true;
  const work = await findWork(tenantId, quote, ({ assignedToUserId }) => assignedToUserId === userId);
  return work?.assignedToUserId === userId;
};

const maySee = (deps: AccessDeps, caller: Caller, quote: Quote): boolean | Promise<boolean> => {
  if (isCustomer(caller)) return caller.customerId === quote.customerId && newestSentOf(quote) !== undefined;
  return isDesk(caller.role) || holds(deps, caller, quote);
};

/**
 * The quote, or 404. Customers see theirs as soon as a version was sent, technicians those of the work that they have, the
 * desk all.
 */
export const findVisible = async (deps: AccessDeps, caller: Caller, id: string): Promise<Quote> => {
  const quote = await deps.quotes.in(caller.tenantId).find(id);
  if (quote === undefined || !(await maySee(deps, caller, quote))) throw quoteNotFound();
  return quote;
};

/** The version as the caller counts it: drafts, which customers do not see, do not move their `ETag`. */
export const shownVersion = (
  caller: Pick<Caller, 'customerId'>,
  { version, unseenWrites = 0 }: Pick<Quote, 'version' | 'unseenWrites'>,
): number => (isCustomer(caller) ? version - unseenWrites : version);

export const refuseStale = (caller: Caller, ifMatch: IfMatch | undefined, quote: Quote): void =>
  refuseStaleVersion(ifMatch, shownVersion(caller, quote));
