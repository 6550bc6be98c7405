import type { Caller } from '@riparo/shared/contracts/caller';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { findVisible, isCustomer, type AccessDeps } from '../quote.access.js';
import { quoteVersionNotFound, repairInformationFormNotFound } from '../quote.errors.js';
import type { KeptDocument, Quote, QuoteVersion } from '../quote.js';
import { shownTo } from '../quote.view.js';
import type { DocumentStore } from './document-store.js';
import { languageFor, printVersion, type PrintDeps } from './print-and-keep.js';

export interface DocumentDeps extends AccessDeps, PrintDeps {
  readonly documents: DocumentStore;
}

interface Query {
  readonly version?: number;
}
export const documentQuery = Joi.object<Query>({ version: Joi.number().integer().min(1) });

/** The version that was asked for, as far as this caller may see it; default: the newest. */
const versionFor = (caller: Caller, quote: Quote, wanted: number | undefined): QuoteVersion => {
  if (wanted === undefined) return shownTo(caller, quote);
  const version = quote.versions.find(
    ({ quoteVersion, sending }) => quoteVersion === wanted && (sending !== undefined || !isCustomer(caller)),
  );
  if (version === undefined) throw quoteVersionNotFound();
  return version;
};

/** The bytes as they were sent. */
export const sentBytes = async (documents: DocumentStore, tenantId: string, { fileId }: KeptDocument): Promise<Buffer> => {
  const found = await documents.get(tenantId, fileId, 'pdf');
  if (found === undefined) throw new Error(`the document ${fileId} is missing`);
  return found.bytes;
};

export const pdf = (
  bytes: Buffer,
  { number }: Pick<Quote, 'number'>,
  { quoteVersion }: Pick<QuoteVersion, 'quoteVersion'>,
  what = '',
): Reply => file(bytes, 'application/pdf', `${number}-${quoteVersion}${what}.pdf`, 'inline');

type DocumentCall = Call<unknown, Query, { id: string }>;

const onDemand = async (
  deps: DocumentDeps,
  tenantId: string,
  quote: Quote,
  version: QuoteVersion,
  kind: 'quote' | 'form',
  at: Date,
): Promise<Buffer> => printVersion(deps, tenantId, quote, version, { kind, language: await languageFor(deps, tenantId, quote), at });

/** `GET /quotes/:id/quote.pdf`: what was sent, byte for byte; a draft is printed anew and marked as one. */
export const getQuotePdf =
  (deps: DocumentDeps) =>
  async ({ caller, params: { id }, query, now }: DocumentCall): Promise<Reply> => {
    const { tenantId } = caller;
    const quote = await findVisible(deps, caller, id);
    const version = versionFor(caller, quote, query.version);
    const kept = version.sending?.document;
    const bytes =
      kept === undefined ? await onDemand(deps, tenantId, quote, version, 'quote', now) : await sentBytes(deps.documents, tenantId, kept);
    return pdf(bytes, quote, version);
  };

/** `GET /quotes/:id/repair-information-form.pdf`: the European form that was given, or will be given with the draft. */
export const getFormPdf =
  (deps: DocumentDeps) =>
  async ({ caller, params: { id }, query, now }: DocumentCall): Promise<Reply> => {
    const { tenantId } = caller;
    const quote = await findVisible(deps, caller, id);
    const version = versionFor(caller, quote, query.version);
    if (!version.giveEuropeanForm) throw repairInformationFormNotFound();
    const kept = version.sending?.form;
    const bytes =
      kept === undefined ? await onDemand(deps, tenantId, quote, version, 'form', now) : await sentBytes(deps.documents, tenantId, kept);
    return pdf(bytes, quote, version, '-form');
  };
