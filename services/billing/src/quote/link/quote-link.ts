import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { QUOTE_LINK } from '@riparo/shared/contracts/links';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import Joi from 'joi';
import type { Centre, CentreOf } from '../../centre.js';
import { answerFields, refuseEndedWork } from '../answering/answer-quote.js';
import { answerQuote, type Outcome } from '../answering/decide-answer.js';
import { pdf, sentBytes } from '../document/get-document.js';
import type { DocumentStore } from '../document/document-store.js';
import { quoteNotFound, quoteVersionNotCurrent, repairInformationFormNotFound } from '../quote.errors.js';
import type { AccessDeps } from '../quote.access.js';
import { newestSentOf, statusAt, type Quote, type QuoteLine, type SentVersion } from '../quote.js';

export interface LinkDeps extends AccessDeps {
  readonly links: SignedLinks;
  readonly centreOf: CentreOf;
  readonly documents: DocumentStore;
}

export interface LinkParams {
  readonly token: string;
}
export interface LinkAnswer {
  readonly version: number;
  readonly name: string;
  readonly comment?: string;
}
export type LinkCall<Body = unknown> = PublicCall<Body, unknown, LinkParams>;

export const quoteLinkParams = Joi.object<LinkParams>({ token: Joi.string().max(1_000).required() });
export const answerByLinkBody = Joi.object<LinkAnswer>({
  version: answerFields.version.required(),
  name: answerFields.name.required(),
  comment: answerFields.comment,
});

/** What a link opens: one version of a quote, with what its company is called. */
export interface Linked {
  readonly tenantId: string;
  readonly quote: Quote;
  readonly version: SentVersion;
  readonly centre: Centre;
}

const sentVersion = ({ versions }: Quote, state: string | undefined): SentVersion | undefined =>
  versions.find((version): version is SentVersion => version.sending !== undefined && String(version.quoteVersion) === state);

export const openLink = async (
  { links, quotes, centreOf }: Pick<LinkDeps, 'links' | 'quotes' | 'centreOf'>,
  token: string,
): Promise<Linked> => {
  const { tenantId, subjectId, state } = links.verify(QUOTE_LINK, token);
  const quote = await quotes.in(tenantId).find(subjectId);
  const version = quote && sentVersion(quote, state);
  if (quote === undefined || version === undefined) throw linkInvalid();
  return { tenantId, quote, version, centre: await centreOf(tenantId) };
};

/** Which part of the catalogue it is says nothing to customers. */
const publicLine = ({ partId: _part, ...line }: QuoteLine) => line;

/** What whoever has the link may see: the offer, and nothing about people. */
const publicView = (
  { quote, version, centre: { companyName, contactEmail, contactPhone } }: Omit<Linked, 'tenantId'>,
  workEnded: boolean,
  now: Date,
) => {
  const { number, subjectNumber, device } = quote;
  const { quoteVersion, lines, net, vat, total, vatGroups, maximum, calculationMethod, finding, timeNeeded, timeNeededFrom } = version;
  const { replacementDevice, handoverPlace, partsCondition, note, depositRequired, refusalFee, validUntil, sending, decision } = version;
  const status = statusAt(version, now);
  const hasNewerVersion = newestSentOf(quote)?.quoteVersion !== quoteVersion;
  const isOpen = status === 'SENT' && !hasNewerVersion && !workEnded;
  return compact({
    ...{
      number,
      quoteVersion,
      status,
      company: compact({ name: companyName, email: contactEmail, phone: contactPhone }),
      subjectNumber,
      device,
    },
    ...{ lines: lines.map(publicLine), net, vat, total, vatGroups, maximum, calculationMethod, finding, timeNeeded, timeNeededFrom },
    ...{ replacementDevice, handoverPlace, partsCondition, note, depositRequired, refusalFee, validUntil },
    ...{ sentAt: sending.at, decidedAt: decision?.at, canAccept: isOpen, canDecline: isOpen, hasNewerVersion, workEnded },
    hasRepairInformationForm: sending.form !== undefined,
  });
};
export type PublicQuote = ReturnType<typeof publicView>;

export const viewLinked = async ({ findWork }: Pick<LinkDeps, 'findWork'>, linked: Linked, now: Date): Promise<PublicQuote> => {
  const work = await findWork(linked.tenantId, linked.quote);
  return publicView(linked, work?.isOver === true, now);
};

/** `GET /public/quotes/:token`. */
export const getQuoteByLink =
  (deps: LinkDeps) =>
  async ({ params, now }: LinkCall): Promise<Reply> =>
    ok(await viewLinked(deps, await openLink(deps, params.token), now));

/** `GET /public/quotes/:token/quote.pdf`: what was sent, byte for byte. */
export const getQuotePdfByLink =
  (deps: LinkDeps) =>
  async ({ params }: LinkCall): Promise<Reply> => {
    const { tenantId, quote, version } = await openLink(deps, params.token);
    return pdf(await sentBytes(deps.documents, tenantId, version.sending.document), quote, version);
  };

/** `GET /public/quotes/:token/repair-information-form.pdf`: what was sent, byte for byte. */
export const getFormPdfByLink =
  (deps: LinkDeps) =>
  async ({ params }: LinkCall): Promise<Reply> => {
    const { tenantId, quote, version } = await openLink(deps, params.token);
    const { form } = version.sending;
    if (form === undefined) throw repairInformationFormNotFound();
    return pdf(await sentBytes(deps.documents, tenantId, form), quote, version, '-form');
  };

/** Whoever has the link answers for the customer, and types a name. The event therefore names no user. */
export const answerByLink = async (
  deps: LinkDeps,
  { params, now: at, ip }: LinkCall,
  outcome: Outcome,
  body: LinkAnswer,
): Promise<Linked> => {
  const { tenantId, quote, version, centre } = await openLink(deps, params.token);
  if (version.quoteVersion !== body.version) throw quoteVersionNotCurrent(newestSentOf(quote)?.quoteVersion ?? version.quoteVersion);
  const answer = { ...body, outcome, by: 'LINK' as const, ip, at };
  await refuseEndedWork(deps, tenantId, quote, answer);
  const after = await deps.quotes.in(tenantId).update(quote.id, (before) => answerQuote(before, answer));
  if (after === undefined) throw quoteNotFound();
  return { tenantId, quote: after, version: sentVersion(after, String(version.quoteVersion)) ?? version, centre };
};

const answering =
  (outcome: Outcome) =>
  (deps: LinkDeps) =>
  async (call: LinkCall<LinkAnswer>): Promise<Reply> =>
    ok(await viewLinked(deps, await answerByLink(deps, call, outcome, call.body), call.now));

/** `POST /public/quotes/:token/accept`. */
export const acceptQuoteByLink = answering('ACCEPTED');
/** `POST /public/quotes/:token/decline`. */
export const declineQuoteByLink = answering('DECLINED');

/** The centre of an installation that serves one company: what a page says whose link is not valid. */
export const unknownCentre = (centreOf: CentreOf): Promise<Centre> => centreOf(DEFAULT_TENANT);
