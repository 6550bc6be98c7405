import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { compact } from '@riparo/shared/json/compact';
import type { Stamp } from '../../conversation/stamp.js';
import { applyChange, movedEntry, movedEvents, movedTo } from '../apply-change.js';
import { decided } from '../outcome/decide-outcome.js';
import { isInWork, zero, type RepairDecision, type RepairQuote, type RepairState } from '../repair.js';
import { allowedFrom } from '../transitions.js';

/** What an event tells of a quote: the version that it is about, and the version of the whole in billing. */
export interface QuoteNews {
  readonly quote: PublishedQuote;
  readonly version: number;
}

const toQuote = ({ quote, version }: QuoteNews): RepairQuote => {
  const { id, number, quoteVersion, status, total, maximum, refusalFee, validUntil, sentAt } = quote;
  return compact({ id, number, quoteVersion, status, total, maximum, refusalFee, validUntil, sentAt: new Date(sentAt), version });
};

/** Events of one quote come in order, but may come twice. A repair can have a second quote after the first was declined. */
const isLate = ({ quote: known }: RepairState, { quote, version }: QuoteNews): boolean => {
  if (known === undefined) return false;
  return known.id === quote.id ? version <= known.version : new Date(quote.sentAt) < known.sentAt;
};

/** A move by the system, with the fields of the quote. */
const moved = (before: RepairState, to: RepairStatus, fields: Partial<RepairState>, stamp: Stamp): RepairDecision => {
  const { status: from } = before;
  if (to === from) return applyChange(before, { state: fields }, stamp);
  return applyChange(
    before,
    {
      state: { ...movedTo(before, to, stamp.at), ...fields },
      entries: [movedEntry(from, to)],
      events: (after) => movedEvents(from, after, stamp, { cause: 'QUOTE' }),
    },
    stamp,
  );
};

/**
 * The repair waits for the answer, as far as its status has a step to ON_HOLD. One that somebody put on hold before goes on
 * with the answer too: the customer is told so.
 */
const hold = (before: RepairState, quote: RepairQuote, stamp: Stamp): RepairDecision => {
  const { status, heldFrom } = before;
  if (status === 'ON_HOLD') return moved(before, status, { quote, heldFrom: heldFrom ?? 'IN_PROGRESS' }, stamp);
  const holds = allowedFrom(status).includes('ON_HOLD');
  return moved(before, holds ? 'ON_HOLD' : status, { quote, ...(holds ? { heldFrom: status } : {}) }, stamp);
};

/** Back to where the quote stopped it; where the work had begun and parts are missing, to wait for these. A repair that somebody moved on stays there. */
const resume = (before: RepairState, fields: Partial<RepairState>, stamp: Stamp): RepairDecision => {
  const { status, heldFrom, awaitedParts = [] } = before;
  const state = { ...fields, heldFrom: undefined };
  if (status !== 'ON_HOLD' || heldFrom === undefined) return moved(before, status, state, stamp);
  return moved(before, heldFrom === 'IN_PROGRESS' && awaitedParts.length > 0 ? 'AWAITING_PARTS' : heldFrom, state, stamp);
};

/**
 * Nothing is repaired: the customer pays the fee that was agreed. Where an earlier version was accepted, only what came
 * on top is declined, and the work goes on as accepted then.
 */
const decline = (before: RepairState, { quote: told }: QuoteNews, quote: RepairQuote, stamp: Stamp): RepairDecision => {
  if (before.acceptedQuote !== undefined) return resume(before, { quote }, stamp);
  const fees = [told.refusalFee, before.refusalFee].filter((fee) => fee?.currency === before.amountDue.currency);
  // A quote can ask for less than the intake agreed, never for more.
  const amount = Math.min(...fees.map((fee) => fee?.amount ?? 0));
  const fee = fees.length === 0 ? zero(before.amountDue) : { ...before.amountDue, amount };
  const said = told.comment === undefined ? '' : `: ${told.comment}`;
  return decided(
    { ...before, quote, heldFrom: undefined },
    { type: 'REFUSED', description: `Quote ${quote.number} was declined${said}`, amount: fee },
    stamp,
    { by: before.assignedToUserId ?? told.createdByUserId, cause: 'QUOTE' },
  );
};

/** Lets a repair follow what happens to its quote. It never holds up the quote; a repair whose work has ended only takes note. */
export const followQuote = (before: RepairState, news: QuoteNews, stamp: Stamp): RepairDecision => {
  if (isLate(before, news)) return { state: before };
  const quote = toQuote(news);
  if (!isInWork(before.status)) return applyChange(before, { state: { quote } }, stamp);
  switch (quote.status) {
    case 'SENT':
      return hold(before, quote, stamp);
    case 'ACCEPTED':
      return resume(before, { quote, acceptedQuote: quote }, stamp);
    case 'DECLINED':
      return decline(before, news, quote, stamp);
    case 'WITHDRAWN':
      return resume(before, { quote }, stamp);
    default:
      // EXPIRED: it stays on hold; the desk is told and asks the customer.
      return applyChange(before, { state: { quote } }, stamp);
  }
};
