import { cut } from '@riparo/shared/text/cut';
import { isFromRight, isolate, stretchesOf, type Stretch } from '@riparo/shared/text/isolate';
import { shownBrand, type Brand } from '@riparo/shared/pages/brand';
import Handlebars from 'handlebars';
import type { Locale, TemplateText } from './template.js';
import { helpersFor, KNOWN_HELPERS } from './labels.js';
import { LAYOUT } from './layout.js';
import { readable } from './readable.js';

/** A message ready to be sent: plain text and its HTML twin. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message that stands in another one. */
type Part = Rendered & { readonly link?: string };

export interface Renderer {
  /** Throws when a source is not a valid template or uses a helper that does not exist. */
  render(text: TemplateText, data: Readonly<Record<string, unknown>>, locale: Locale, brand?: Brand): Rendered;
  /** Text written by hand, with no template in it. */
  renderPlain(subject: string | undefined, body: string, company: string, locale: Locale, brand?: Brand): Rendered;
  /** Several messages in one, each under its own subject. */
  renderTogether(subject: string, parts: readonly Part[], company: string, locale: Locale, brand?: Brand): Rendered;
}

const FOOTER: Readonly<Record<Locale, string>> = {
  en: 'This message was sent by {{company}}.',
  it: 'Questo messaggio è stato inviato da {{company}}.',
};

/** A subject is one line: line ends in data would otherwise begin a header of their own. */
const oneLine = (text: string): string =>
  cut(
    text
      .replace(/\p{Cc}+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
    250,
  );

interface Line {
  readonly text: string;
  /** The line is a web address and nothing else. */
  readonly url: boolean;
  readonly stretches: readonly Stretch[];
}

interface Paragraph {
  readonly lines: readonly Line[];
  /** Written by somebody else as a whole, so its own letters say in which direction it is read. */
  readonly isOther: boolean;
}

const toLine = (text: string): Line => ({ text, url: /^https?:\/\/\S+$/i.test(text.trim()), stretches: stretchesOf(text) });

/** What somebody else wrote is a paragraph; a value beside our words is a stretch of one. */
const toParagraph = (text: string): Paragraph => {
  const lines = text.split('\n').map(toLine);
  const isOther = lines.every(({ stretches }) => stretches.every(({ isIsolated }) => isIsolated));
  if (!isOther) return { lines, isOther };
  return { isOther, lines: lines.map((line) => ({ ...line, stretches: line.stretches.map((each) => ({ ...each, isIsolated: false })) })) };
};

const paragraphsOf = (body: string): readonly Paragraph[] =>
  body
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map(toParagraph);

/** Values come from people of any language, and stand in texts of another one. */
const isolated = (value: unknown): unknown => {
  if (typeof value === 'string') return isolate(value);
  if (Array.isArray(value)) return value.map(isolated);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isolated(each)]));
};

/** Only web addresses become links; `javascript:` and the like never do. */
const webLink = (value: unknown): string | undefined => (typeof value === 'string' && /^https?:\/\//i.test(value) ? value : undefined);

/** What a list of mails shows beside the subject: the first paragraph that says more than hello. A link that is cut off leads nowhere. */
const previewOf = (paragraphs: readonly string[]): string => {
  const said = paragraphs.slice(paragraphs.length > 1 ? 1 : 0).join(' ');
  return oneLine(said.replace(/https?:\/\/\S+/gi, '')).slice(0, 140);
};

interface Words {
  readonly subject: string;
  readonly body: string;
  readonly company: string;
  readonly locale: Locale;
  readonly brand?: Brand | undefined;
  readonly action?: string | undefined;
  readonly link?: string | undefined;
}

const FOOTER_MARK = '\n\n-- \n';

/** A finished text without its footer. The link stands on a line of its own: then it is one in HTML too. */
const bodyOf = ({ text, link }: Part): string => {
  const body = text.slice(0, text.lastIndexOf(FOOTER_MARK));
  return link !== undefined && body.endsWith(`: ${link}`) ? `${body.slice(0, -link.length - 1)}\n${link}` : body;
};

const MAX_COMPILED = 500;

/**
 * Renders texts. Values go into the plain text as they are; the HTML is built from the finished plain text, escaped as
 * a whole, so no value and no changed template can put markup into a mail.
 */
export const createRenderer = (): Renderer => {
  const handlebars = Handlebars.create();
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  const layout = handlebars.compile(LAYOUT, { strict: false });

  const compile = (source: string): Handlebars.TemplateDelegate => {
    const known = compiled.get(source);
    if (known !== undefined) return known;
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    const template = handlebars.compile(source, { noEscape: true, knownHelpers: KNOWN_HELPERS, knownHelpersOnly: true });
    compiled.set(source, template);
    return template;
  };

  const fill = (source: string, data: object, locale: Locale): string => {
    const { timeZone } = data as { readonly timeZone?: unknown };
    const helpers = helpersFor(locale, timeZone);
    return compile(source)(readable(isolated(data) as object, helpers), { helpers });
  };

  const layOut = ({ subject, body, company, locale, brand, action, link }: Words): Rendered => {
    const paragraphs = paragraphsOf(body);
    const footer = fill(FOOTER[locale], { company }, locale);
    const plain = paragraphs.map(({ lines }) => lines.map(({ text }) => text).join('\n'));
    const button = link === undefined ? [] : [`${action ?? ''}: ${link}`.replace(/^: /, '')];
    return {
      subject: oneLine(subject),
      text: `${[...plain, ...button].join('\n\n')}${FOOTER_MARK}${footer}\n`,
      html: layout({
        ...shownBrand(brand ?? {}),
        ...{ locale, company, subject: oneLine(subject), preview: previewOf(plain), paragraphs, link, action: action ?? link },
        footer: stretchesOf(footer),
      }),
    };
  };

  return {
    render: (text, data, locale, brand) =>
      layOut({
        ...{ subject: fill(text.subject, data, locale), body: fill(text.body, data, locale), locale, brand },
        company: typeof data.company === 'string' ? data.company : '',
        action: text.action === undefined ? undefined : fill(text.action, data, locale),
        link: webLink(data.link),
      }),
    renderPlain: (subject, body, company, locale, brand) =>
      layOut({ subject: subject ?? company, body: isFromRight(body) ? isolate(body) : body, company, locale, brand }),
    renderTogether: (subject, parts, company, locale, brand) =>
      layOut({ subject, body: parts.map((part) => `— ${part.subject}\n\n${bodyOf(part)}`).join('\n\n'), company, locale, brand }),
  };
};
