import { hash } from 'node:crypto';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Printer } from '@riparo/shared/pdf/create-printer';
import type { Language } from '@riparo/shared/time/write-time';
import { languageOf, type CentreOf } from '../../centre.js';
import type { Replicas } from '../../replica/replicas.js';
import type { KeptDocument, Quote, QuoteVersion } from '../quote.js';
import type { Printed } from '../sending/decide-send.js';
import { describeForm } from './describe-form.js';
import { describeQuote } from './describe-quote.js';
import type { DocumentStore } from './document-store.js';
import type { FormPaper } from './print-form.js';
import type { QuotePaper } from './print-quote.js';

const QUOTE = new URL('./print-quote.js', import.meta.url);
const FORM = new URL('./print-form.js', import.meta.url);

export interface PrintDeps {
  readonly replicas: Replicas;
  readonly centreOf: CentreOf;
  readonly print: Printer;
}

export interface PrintWanted {
  readonly kind: 'quote' | 'form';
  readonly language: Language;
  /** The date on the paper: of the sending, or of now for a draft. */
  readonly at: Date;
}

/** In the language of the person who gets it, else in the centre's. */
export const languageFor = async (
  { replicas, centreOf }: Pick<PrintDeps, 'replicas' | 'centreOf'>,
  tenantId: string,
  { contactUserId }: Quote,
): Promise<Language> => {
  const user = contactUserId === undefined ? undefined : await replicas.users.in(tenantId).find(contactUserId);
  return languageOf(user?.locale ?? (await centreOf(tenantId)).locale);
};

/** Prints a version as it is. */
export const printVersion = async (
  deps: PrintDeps,
  tenantId: string,
  quote: Quote,
  version: QuoteVersion,
  { kind, language, at }: PrintWanted,
): Promise<Buffer> => {
  const [centre, customer] = await Promise.all([deps.centreOf(tenantId), deps.replicas.customers.in(tenantId).find(quote.customerId)]);
  const content = { quote, version, centre, customer, language, at };
  return kind === 'quote' ? deps.print<QuotePaper>(QUOTE, describeQuote(content)) : deps.print<FormPaper>(FORM, describeForm(content));
};

export type PrintAndKeep = (tenantId: string, quote: Quote, version: QuoteVersion, at: Date) => Promise<Printed>;

/** Prints what a customer will get, and keeps the bytes; the files are loose until the version names them. */
export const createPrintAndKeep =
  ({ documents, ids, ...deps }: PrintDeps & { readonly documents: DocumentStore; readonly ids: IdSource }): PrintAndKeep =>
  async (tenantId, quote, draft, at) => {
    const language = await languageFor(deps, tenantId, quote);
    const version: QuoteVersion = { ...draft, status: 'SENT' };
    const keep = async (kind: PrintWanted['kind']): Promise<KeptDocument> => {
      const bytes = await printVersion(deps, tenantId, quote, version, { kind, language, at });
      const fileId = ids.next();
      await documents.put({ tenantId, fileId, ownerId: quote.id }, { pdf: { bytes, contentType: 'application/pdf' } });
      return { fileId, sha256: hash('sha256', bytes) };
    };
    const document = await keep('quote');
    return { language, document, ...(version.giveEuropeanForm ? { form: await keep('form') } : {}) };
  };
