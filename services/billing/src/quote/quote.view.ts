import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import { isCustomer, shownVersion } from './quote.access.js';
import {
  draftOf,
  newestOf,
  newestSentOf,
  statusAt,
  type Quote,
  type QuoteAnswer,
  type QuoteVersion,
  type VersionSummary,
} from './quote.js';

type Viewer = Pick<Caller, 'customerId' | 'role'>;

/** The newest version that the caller may see: a draft is for staff. */
export const shownTo = (caller: Pick<Caller, 'customerId'>, quote: Quote): QuoteVersion =>
  (isCustomer(caller) ? newestSentOf(quote) : undefined) ?? newestOf(quote);

/** The network address is for the desk, which has to prove who answered. */
const viewAnswer = ({ role }: Viewer, { ip, userId: _user, ...answer }: QuoteAnswer) => ({ ...answer, ...(isDesk(role) ? { ip } : {}) });

const viewState = (caller: Viewer, version: VersionSummary, now: Date) => {
  const { quoteVersion, net, vat, total, validUntil, sending, decision } = version;
  return compact({
    quoteVersion,
    status: statusAt(version, now),
    reason: version.reason,
    net,
    vat,
    total,
    validUntil,
    sentAt: sending?.at,
    documentHash: sending?.document.sha256,
    formHash: sending?.form?.sha256,
    decision: decision && viewAnswer(caller, decision),
  });
};

const viewContent = (version: QuoteVersion) => {
  const { lines, vatGroups, maximum, calculationMethod, finding, timeNeeded, timeNeededFrom, replacementDevice } = version;
  const { handoverPlace, partsCondition, note, depositRequired, refusalFee, giveEuropeanForm, sending } = version;
  const content = { lines, vatGroups, maximum, calculationMethod, finding, timeNeeded, timeNeededFrom, replacementDevice };
  return {
    ...content,
    handoverPlace,
    partsCondition,
    note,
    depositRequired,
    refusalFee,
    giveEuropeanForm,
    boundUntil: sending?.boundUntil,
  };
};

/** One item of `GET /quotes`. */
export const viewListedQuote = (caller: Viewer, quote: Omit<Quote, 'versions'>, now: Date) => {
  const { id, number, repairId, ticketId, subjectNumber, device, customerId, createdAt, updatedAt } = quote;
  const about = { id, number, repairId, ticketId, subjectNumber, device, customerId };
  return compact({
    ...about,
    ...viewState(caller, (isCustomer(caller) ? quote.sentSummary : undefined) ?? quote.newestSummary, now),
    createdAt,
    updatedAt,
    version: shownVersion(caller, quote),
  });
};

export const viewQuote = (caller: Viewer, quote: Quote, now: Date) => {
  const shown = shownTo(caller, quote);
  const versions = isCustomer(caller) ? quote.versions.filter(({ sending }) => sending !== undefined) : quote.versions;
  const staff = isCustomer(caller) ? {} : { createdByUserId: shown.createdByUserId, hasDraft: draftOf(quote) !== undefined };
  return compact({
    ...viewListedQuote(caller, quote, now),
    ...viewContent(shown),
    ...staff,
    versions: versions.map((version) => viewState(caller, version, now)),
  });
};
