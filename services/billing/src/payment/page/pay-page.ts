import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { PAYMENT_LINK } from '@riparo/shared/contracts/links';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { isDomainError, type DomainError } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor, pageLang } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import { languageOf, type Centre } from '../../centre.js';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { paragraph } from '@riparo/shared/pages/parts';
import { isPayableOnline } from '../online/payable-online.js';
import { openCheckout, type CheckoutDeps } from '../online/start-checkout.js';
import type { IncomingPayment } from '../payment.js';
import { pageWords, type PageWords } from './page-words.js';
import { payAddress, payHtml, type PayContent } from './pay-html.js';

interface Params {
  readonly token: string;
}
type PageCall = PublicCall<PageQuery, PageQuery, Params>;

/** Whatever the address holds, the page answers in words. */
export const payPageParams = Joi.object<Params>({ token: Joi.string().required() });
export const payPageForm = Joi.object<PageQuery>({});
export const payPageQuery = Joi.object<PageQuery>({
  from: Joi.string().description('`provider`: the customer comes back from there.'),
  lang: pageLang(),
});

interface Opened {
  readonly tenantId: string;
  readonly repair: PublishedRepair;
  readonly centre: Centre;
  readonly words: PageWords;
  readonly shown: Pick<PayContent, 'words' | 'language' | 'centre' | 'token' | 'isOnline'>;
}

const openLink = async ({ links, findRepair, centreOf, replicas, provider }: CheckoutDeps, call: PageCall): Promise<Opened> => {
  const { token } = call.params;
  const { tenantId, subjectId } = links.verify(PAYMENT_LINK, token);
  const [repair, centre] = await Promise.all([findRepair(tenantId, subjectId), centreOf(tenantId)]);
  if (repair === undefined) throw linkInvalid();
  const user = repair.contactUserId === undefined ? undefined : await replicas.users.in(tenantId).find(repair.contactUserId);
  const usual = (user?.customerId === repair.customerId ? user.locale : undefined) ?? centre.locale;
  const language = languageFor(call, languageOf(usual));
  const words = pageWords(language);
  return {
    tenantId,
    repair,
    centre,
    words,
    shown: { words, language, centre, token, isOnline: provider.isOn && isPayableOnline(repair.amountDue.currency) },
  };
};

const show = (status: number, content: PayContent, headers?: Readonly<Record<string, string>>): Reply =>
  htmlReply(status, payHtml(content), { brand: brandOf(content.centre) }, headers);

/** Without a valid link there is nothing to show but why. */
const invalidPage = async ({ centreOf }: CheckoutDeps, call: PageCall): Promise<Reply> => {
  const centre = await centreOf(DEFAULT_TENANT);
  const language = languageFor(call, languageOf(centre.locale));
  const words = pageWords(language);
  const brand = brandOf(centre);
  const frame = { language, brand, address: payAddress(call.params.token) };
  return htmlReply(422, openPage(frame, words.title, paragraph(words.faults.LINK_NOT_VALID, 'said fault')), { brand });
};

const orInvalid = (deps: CheckoutDeps, call: PageCall, error: unknown): Promise<Reply> => {
  if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return invalidPage(deps, call);
  throw error;
};

const saidOf = (words: PageWords, payment: IncomingPayment | undefined): string => {
  switch (payment?.status) {
    case 'VERIFIED':
      return words.arrived;
    case 'TO_VERIFY':
      return words.checking;
    default:
      if (payment?.booking !== undefined) return words.checking;
      return payment?.underWay === true ? words.underWay : words.notPaid;
  }
};

/**
 * The customer is back from the provider: what has become of the page is asked for now, because the provider's own call may
 * take minutes. When the provider is away, that call or the clock will do it.
 */
const settleReturn = async (deps: CheckoutDeps, { tenantId, repair, words }: Opened): Promise<string> => {
  const newest = await deps.payments.in(tenantId).list({ repairId: repair.id, method: 'ONLINE' }, { sort: { createdAt: -1 }, limit: 1 });
  const [payment] = newest;
  if (payment?.checkout === undefined) return '';
  if (payment.status !== 'STARTED') return saidOf(words, payment);
  try {
    return saidOf(words, await deps.checkSession(payment.checkout.sessionId));
  } catch (error) {
    if (isDomainError(error)) return words.checking;
    throw error;
  }
};

/** `GET /pay/:token`: what is left to pay, and how. */
export const getPayPage =
  (deps: CheckoutDeps) =>
  async (call: PageCall): Promise<Reply> => {
    try {
      const opened = await openLink(deps, call);
      if (!typedIn(call.query, 'from').includes('provider')) return show(200, { ...opened.shown, repair: opened.repair });
      const said = await settleReturn(deps, opened);
      const repair = (await deps.findRepair(opened.tenantId, opened.repair.id)) ?? opened.repair;
      return show(200, { ...opened.shown, repair, said });
    } catch (error) {
      return orInvalid(deps, call, error);
    }
  };

const faultOf = ({ faults }: PageWords, { code, kind }: DomainError): string => {
  if (kind === 'unavailable') return faults.AWAY;
  return code in faults ? faults[code as keyof typeof faults] : faults.REFUSED;
};

/** A page that goes on to the provider by itself: browsers hold a redirect after a form to `form-action`, and the provider has several hosts. */
const leadTo = (url: string, { words, shown: { language, centre, token } }: Opened): Reply => {
  const brand = brandOf(centre);
  const link = `<p class="said"><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(words.goOn)}</a></p>`;
  return htmlReply(
    200,
    openPage({ language, brand, address: payAddress(token) }, words.title, link),
    { brand },
    { Refresh: `0; url=${url}` },
  );
};

/** `POST /pay/:token/checkout`: the form of that page, which leads to the provider. */
export const checkoutOnPage =
  (deps: CheckoutDeps) =>
  async (call: PageCall): Promise<Reply> => {
    try {
      const opened = await openLink(deps, call);
      const { tenantId, repair, words, shown } = opened;
      try {
        const { checkout } = await openCheckout(deps, { tenantId, ids: call.ids }, repair);
        return leadTo(checkout?.url ?? '', opened);
      } catch (error) {
        if (!isDomainError(error)) throw error;
        const status = error.kind === 'unavailable' ? 503 : 409;
        const headers: Readonly<Record<string, string>> = status === 503 ? { 'Retry-After': '5' } : {};
        return show(status, { ...shown, repair, fault: faultOf(words, error) }, headers);
      }
    } catch (error) {
      return orInvalid(deps, call, error);
    }
  };
