import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { dayAfter, yearOf, type CentreOf } from '../../centre.js';
import type { Replicas } from '../../replica/replicas.js';
import { followWork } from '../../work/on-work.js';
import { workIsOver, workNotFound, type FindWork, type Work, type WorkId } from '../../work/work.js';
import { quoteInForce } from '../quote.errors.js';
import type { Quote } from '../quote.js';
import type { Quotes } from '../quote.repository.js';
import type { NewQuote } from '../quote.schema.js';
import { viewQuote } from '../quote.view.js';
import { contentFaults, formFaults, partFaults, refuseFaults } from './check-content.js';
import { contentOf } from './content.js';
import { openQuote, quoteNumberOf, type Opening } from './decide-draft.js';

export interface DraftDeps {
  readonly quotes: Quotes;
  readonly replicas: Replicas;
  readonly findWork: FindWork;
  readonly centreOf: CentreOf;
}

/** The repair or ticket, if this member of staff may quote for it: technicians for what is assigned to them. */
export const findQuotable = async (
  { findWork }: Pick<DraftDeps, 'findWork'>,
  { tenantId, userId, role }: Caller,
  id: WorkId,
): Promise<Work> => {
  const isHeld = ({ assignedToUserId }: Work): boolean => !isTechnician(role) || assignedToUserId === userId;
  const work = await findWork(tenantId, id, (known) => !known.isOver && isHeld(known));
  if (work === undefined || !isHeld(work)) throw workNotFound(id);
  if (work.isOver) throw workIsOver(work);
  return work;
};

/** Staff open tickets too: mails about a quote go to a person of the customer, else to its contact address. */
const contactOf = async ({ users }: Replicas, tenantId: string, { customerId, contactUserId }: Work): Promise<string | undefined> => {
  const user = contactUserId === undefined ? undefined : await users.in(tenantId).find(contactUserId);
  return user?.customerId === customerId ? user.id : undefined;
};

/** Writes it under the next number. A repeated request finds its own quote before it finds that one is in force. */
const write = async (inTenant: ReturnType<Quotes['in']>, opening: Opening, year: string): Promise<Quote> => {
  try {
    return await inTenant.insertNumbered(year, (sequence) => openQuote(opening, quoteNumberOf(year, sequence)));
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    const own = await inTenant.find(opening.id);
    if (own !== undefined) return own;
    const { repairId, ticketId } = opening.work;
    throw quoteInForce(await inTenant.findOne({ inForceFor: repairId ?? ticketId ?? '' }));
  }
};

/** `POST /quotes`: a draft. */
export const createQuote =
  (deps: DraftDeps) =>
  async ({ caller, body, ids, now }: Call<NewQuote>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const [work, centre] = await Promise.all([findQuotable(deps, caller, body), deps.centreOf(tenantId)]);
    const { currency = centre.currency } = work;
    // What was agreed at the intake holds, unless the quote asks for less.
    const content = contentOf(compact({ ...body, refusalFee: body.refusalFee ?? work.refusalFee }), currency);
    refuseFaults([
      ...(await partFaults(deps.replicas, tenantId, body.lines)),
      ...(await formFaults(deps.replicas, tenantId, work.customerId, body)),
      ...contentFaults(content, { currency, today: dayAfter(now, centre), agreedFee: work.refusalFee }),
    ]);
    const contactUserId = await contactOf(deps.replicas, tenantId, work);
    const opening = { id: ids.next(), work, contactUserId, content, currency, now, userId };
    const quote = await write(deps.quotes.in(tenantId), opening, yearOf(now, centre));
    // Whoever got the work while the quote was being written must find it in their list.
    const again = await deps.findWork(tenantId, body);
    if (again !== undefined) await followWork(deps.quotes, tenantId, body, again, now);
    return created(`/quotes/${quote.id}`, viewQuote(caller, quote, now));
  };
