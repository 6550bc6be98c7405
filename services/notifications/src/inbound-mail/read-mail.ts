import { cut } from '@riparo/shared/text/cut';
import { normalLine, normalText } from '@riparo/shared/text/normal';
import type { AddressObject, ParsedMail, SimpleParserOptions } from 'mailparser';
import { headersOf } from './keep-mail.js';

export interface ReadFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** Shown inside the text, such as the logo of a signature. */
  readonly isInline: boolean;
}

/** A message, decoded. */
export interface ReadMail {
  readonly messageId?: string | undefined;
  readonly fromAddress?: string | undefined;
  readonly fromName?: string | undefined;
  /** Every address it was sent to, as far as its headers say. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly sentAt?: Date | undefined;
  /** Message-IDs that it answers, the nearest first. */
  readonly references: readonly string[];
  readonly text: string;
  /** Header fields by name in small letters; of several with one name all, a line each. */
  readonly headers: ReadonlyMap<string, string>;
  readonly files: readonly ReadFile[];
  /** False when its structure could not be made out at all. */
  readonly isReadable: boolean;
}

const MAX_TEXT = 100_000;
const MAX_REFERENCES = 30;
const MAX_RECIPIENTS = 100;

const OPTIONS: SimpleParserOptions & { readonly keepDeliveryStatus: boolean } = {
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  maxHtmlLengthToParse: 2 * 1024 * 1024,
  keepDeliveryStatus: true,
};

/** What people wrote, without what no ticket takes: control characters. */
const cleanText = (text: string): string => normalText(text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, ''));
export const cleanLine = (text: string, most: number): string => cut(normalLine(text.replace(/\p{Cc}/gu, ' ')), most).trim();

const fieldsOf = (raw: Buffer): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  for (const line of headersOf(raw).split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  return fields;
};

const ADDRESS = /[^\s<>,;:"()]+@[^\s<>,;:"()]+/g;
/** Where a server says to which of its mailboxes it delivered. */
const RECIPIENT_FIELDS = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];
const MESSAGE_ID = /<([^<>\s]{1,500})>/g;

const idsIn = (text = ''): readonly string[] => [...text.matchAll(MESSAGE_ID)].map(([, id]) => id as string);

const nearestFirst = (headers: ReadonlyMap<string, string>): readonly string[] => {
  const found = [...idsIn(headers.get('in-reply-to')), ...[...idsIn(headers.get('references'))].reverse()];
  return [...new Set(found)].slice(0, MAX_REFERENCES);
};

const isAddress = (address: string | undefined): address is string => address !== undefined && /^[^\s@]+@[^\s@]+$/.test(address);

const senderOf = (from: AddressObject | undefined, headers: ReadonlyMap<string, string>) => {
  const [first] = from?.value ?? [];
  const address = isAddress(first?.address) ? first.address : headers.get('from')?.match(ADDRESS)?.[0];
  const name = cleanLine(first?.name ?? '', 100);
  return { fromAddress: address?.toLowerCase().slice(0, 254), fromName: name === '' ? undefined : name };
};

const filesOf = (attachments: ParsedMail['attachments']): readonly ReadFile[] =>
  attachments.map(({ filename, contentType, content, related }) => ({
    name: cleanLine(filename ?? '', 120) || 'file',
    contentType: cleanLine(contentType, 100).toLowerCase(),
    bytes: content,
    isInline: related,
  }));

/** With a structure that the parser gives up on, only once without its HTML. */
const parse = async (raw: Buffer): Promise<ParsedMail | undefined> => {
  // The parser is loaded with the first mail: most installations never get one.
  const { simpleParser } = await import('mailparser');
  for (const options of [OPTIONS, { ...OPTIONS, skipHtmlToText: true }])
    try {
      return await simpleParser(raw, options);
    } catch {
      // What the parser gives up on is read as text.
      continue;
    }
  return undefined;
};

/** Decodes a message. What is broken in it is left out; it never fails. */
export const readMail = async (raw: Buffer): Promise<ReadMail> => {
  const headers = fieldsOf(raw);
  const parsed = await parse(raw);
  return {
    messageId: idsIn(headers.get('message-id'))[0],
    ...senderOf(parsed?.from, headers),
    to: RECIPIENT_FIELDS.flatMap((name) => headers.get(name)?.match(ADDRESS) ?? []).slice(0, MAX_RECIPIENTS),
    subject: cleanLine(parsed?.subject ?? '', 200),
    sentAt: parsed?.date === undefined || Number.isNaN(parsed.date.getTime()) ? undefined : parsed.date,
    references: nearestFirst(headers),
    text: cut(cleanText(parsed?.text ?? ''), MAX_TEXT),
    headers,
    files: filesOf(parsed?.attachments ?? []),
    isReadable: parsed !== undefined,
  };
};
