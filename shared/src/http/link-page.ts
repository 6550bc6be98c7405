import type { PublishedSettings } from '../contracts/auth.events.js';
import { DEFAULT_TENANT } from '../contracts/caller.js';
import { isDomainError, type DomainError } from '../errors/domain-error.js';
import { brandOf, type PageBrand } from '../pages/brand.js';
import { openPage } from '../pages/layout.js';
import { paragraph } from '../pages/parts.js';
import type { Language } from '../time/write-time.js';
import { htmlReply, languageFor } from './page.js';
import type { PublicCall, Reply } from './route.js';

type Settings = Pick<PublishedSettings, 'locale' | 'companyName' | 'logoUrl' | 'brandColour' | 'contactEmail' | 'contactPhone'>;

export interface LinkParams {
  readonly token: string;
}

export type LinkPageCall<Body = unknown> = PublicCall<Body, unknown, LinkParams>;

/** What surrounds the content of a page, and what its content may need. */
export interface LinkFrame {
  readonly language: Language;
  readonly brand: PageBrand;
  readonly token: string;
  readonly settings: Settings | undefined;
}

/** What the page shows beyond what its link opens. */
export interface Shown {
  readonly status?: number;
  /** The code of what went wrong; `AWAY` when part of the system is away. */
  readonly fault?: string;
  /** What was typed, so that nobody types it twice. */
  readonly typed?: Readonly<Record<string, string>>;
  /** What a form has done, as a word that the page knows. */
  readonly done?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageContent {
  readonly title: string;
  /** HTML. */
  readonly inside: string;
  /** What only this page needs. */
  readonly style?: string;
}

/** A page that the signed link of a mail opens. */
export interface LinkPage<Opened extends { readonly tenantId: string }> {
  readonly settingsOf: (tenantId: string) => Promise<Settings | undefined>;
  /** Throws `LINK_NOT_VALID`. */
  readonly open: (token: string, now: Date) => Promise<Opened>;
  /** Where a GET shows the page of a token. */
  readonly addressOf: (token: string) => string;
  readonly show: (opened: Opened, frame: LinkFrame, shown: Shown) => PageContent | Promise<PageContent>;
  /** What it says of a link that is used, wrong or too old. */
  readonly dead: (language: Language) => { readonly title: string; readonly said: string };
}

const usualLanguage = (settings: Settings | undefined): Language => (settings?.locale.startsWith('it') === true ? 'it' : 'en');

const frameFor = async <Opened extends { readonly tenantId: string }>(page: LinkPage<Opened>, call: LinkPageCall, tenantId: string) => {
  const settings = await page.settingsOf(tenantId);
  const language = languageFor(call, usualLanguage(settings));
  return { language, brand: brandOf(settings), token: call.params.token, settings };
};

const isDead = (error: unknown): boolean => isDomainError(error) && error.code === 'LINK_NOT_VALID';

/** Shows what the link opens, or says that it is not valid. It changes nothing: mail programs open links before people do. */
export const showLinkPage = async <Opened extends { readonly tenantId: string }>(
  page: LinkPage<Opened>,
  call: LinkPageCall,
  shown: Shown = {},
): Promise<Reply> => {
  const address = page.addressOf(call.params.token);
  try {
    const opened = await page.open(call.params.token, call.now);
    const frame = await frameFor(page, call, opened.tenantId);
    const { title, inside, style } = await page.show(opened, frame, shown);
    return htmlReply(shown.status ?? 200, openPage({ ...frame, address }, title, inside, style), frame, shown.headers);
  } catch (error) {
    if (!isDead(error)) throw error;
    const frame = await frameFor(page, call, DEFAULT_TENANT);
    const { title, said } = page.dead(frame.language);
    return htmlReply(422, openPage({ ...frame, address }, title, paragraph(said, 'said fault')), frame);
  }
};

const STATUS = { invalid: 422, conflict: 409, unavailable: 503 } as const;
const isTold = (error: unknown): error is DomainError & { readonly kind: keyof typeof STATUS } =>
  isDomainError(error) && error.kind in STATUS;

/** What the page shows of a refusal by the use case; throws what people cannot do anything about. */
export const toldRefusal = (error: unknown): Shown => {
  if (!isTold(error)) throw error;
  const status = STATUS[error.kind];
  return status === 503
    ? { status, fault: 'AWAY', headers: { 'Retry-After': String(error.details.retryAfter ?? 5) } }
    : { status, fault: error.code };
};

/** The words for a fault; those for `OTHER` where the page has none of its own. */
export const wordsFor = (faults: Readonly<Record<string, string>> & { readonly OTHER: string }, fault: string | undefined): string =>
  fault === undefined ? '' : (faults[fault] ?? faults.OTHER);

/**
 * Takes a form of the page: does the work, and shows what came of it in words. The form reads no cookie, and whoever sends it
 * has to know the link, so no other site can send it for somebody.
 */
export const takeLinkForm = async <Opened extends { readonly tenantId: string }>(
  page: LinkPage<Opened>,
  call: LinkPageCall,
  work: () => Promise<unknown>,
  { done, typed = {} }: Pick<Shown, 'done' | 'typed'>,
): Promise<Reply> => {
  try {
    await work();
  } catch (error) {
    // Of a link that is not valid the page says so when it is opened again.
    return showLinkPage(page, call, { ...toldRefusal(error), typed });
  }
  return showLinkPage(page, call, done === undefined ? {} : { done });
};
