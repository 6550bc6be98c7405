import { hash } from 'node:crypto';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError, type DomainError } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import { brandOf } from '@riparo/shared/pages/brand';
import Joi from 'joi';
import { languageOf } from '../../repair/public-status/labels.js';
import type { WorkReportDeps } from '../dependencies.js';
import {
  openLink,
  sendBackByLink,
  sendBackByLinkBody,
  signByLink,
  signByLinkBody,
  viewLinked,
  type LinkCall,
  type SendBackBody,
  type SignBody,
} from './report-link.js';
import { signFaultHtml, signHtml, type SignContent } from './sign-html.js';
import { SIGN_SCRIPT } from './sign-script.js';
import { signWords, type SignWords } from './sign-words.js';

/** Whatever the address holds, the page answers in words. */
export const signPageParams = Joi.object<{ token: string }>({ token: Joi.string().required() });
/** For the API reference: pages look at what was typed themselves. */
export const signPageForm = Joi.object<PageQuery>({ name: Joi.string(), svgPath: Joi.string(), documentHash: Joi.string() });
export const disputePageForm = Joi.object<PageQuery>({ name: Joi.string(), reason: Joi.string() });

/** The page runs the script that draws the signature and no other. */
const SCRIPT = `sha256-${hash('sha256', SIGN_SCRIPT, 'base64')}`;

type PageCall = LinkCall<PageQuery>;
interface Shown {
  readonly status?: number;
  readonly fault?: string;
  readonly typed?: SignContent['typed'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Shows the report of the link, or says that the link is not valid. */
const page = async (deps: WorkReportDeps, call: PageCall, show: (words: SignWords) => Shown = () => ({})): Promise<Reply> => {
  const { token } = call.params;
  try {
    const linked = await openLink(deps, token);
    // Usually as the PDF.
    const language = languageFor(call, linked.version.language);
    const brand = brandOf(linked.settings);
    const words = signWords(language);
    const { status = 200, fault, typed = { name: '', reason: '' }, headers } = show(words);
    const { timeZone } = await deps.rulesOf(linked.tenantId);
    const report = await viewLinked(deps, linked);
    const content = { words, language, brand, timeZone, token, report, fault, typed };
    return htmlReply(status, signHtml(content), { brand, script: SCRIPT }, headers);
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'LINK_NOT_VALID') throw error;
    const settings = await deps.replicas.settings.find(DEFAULT_TENANT, DEFAULT_TENANT);
    const language = languageFor(call, languageOf(settings));
    const brand = brandOf(settings);
    return htmlReply(422, signFaultHtml(signWords(language), language, brand, token), { brand });
  }
};

/** `GET /sign/:token`. Programs use `/public/work-reports/:token`. */
export const getSignPage =
  (deps: WorkReportDeps) =>
  (call: PageCall): Promise<Reply> =>
    page(deps, call);

const isOf = (faults: SignWords['faults'], code: string): code is keyof SignWords['faults'] => code in faults;

const faultOf = ({ faults }: SignWords, { code, kind }: DomainError): string => {
  if (kind === 'unavailable') return faults.AWAY;
  return isOf(faults, code) ? faults[code] : faults.OTHER;
};

const STATUS = { conflict: 409, unavailable: 503 } as const;
const isShown = (error: unknown): error is DomainError & { readonly kind: keyof typeof STATUS } =>
  isDomainError(error) && error.kind in STATUS;

/** Takes a form: what is missing, refused or done, the page says in words. */
const taking =
  <Body>(
    schema: Joi.ObjectSchema<Body>,
    fields: readonly string[],
    missing: 'SIGNATURE' | 'REASON',
    write: (deps: WorkReportDeps, call: PageCall, body: Body) => Promise<unknown>,
  ) =>
  (deps: WorkReportDeps) =>
  async (call: PageCall): Promise<Reply> => {
    const valueOf = (field: string): string => typedIn(call.body, field)[0] ?? '';
    const typed = { name: valueOf('name'), reason: valueOf('reason') };
    const wanted: Joi.ValidationResult<Body> = schema.validate(Object.fromEntries(fields.map((field) => [field, valueOf(field)])));
    if (wanted.error !== undefined) return page(deps, call, ({ faults }) => ({ status: 422, fault: faults[missing], typed }));
    try {
      await write(deps, call, wanted.value);
    } catch (error) {
      if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return page(deps, call);
      if (!isShown(error)) throw error;
      const headers: Readonly<Record<string, string>> = error.kind === 'unavailable' ? { 'Retry-After': '5' } : {};
      return page(deps, call, (words) => ({ status: STATUS[error.kind], fault: faultOf(words, error), typed, headers }));
    }
    return page(deps, call);
  };

/** `POST /sign/:token/approve`: the form with the signature. */
export const signOnPage = taking<SignBody>(signByLinkBody, ['name', 'svgPath', 'documentHash'], 'SIGNATURE', signByLink);
/** `POST /sign/:token/dispute`: the other form. */
export const disputeOnPage = taking<SendBackBody>(sendBackByLinkBody, ['name', 'reason'], 'REASON', sendBackByLink);
