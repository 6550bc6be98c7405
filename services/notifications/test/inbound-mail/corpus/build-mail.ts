import { randomUUID } from 'node:crypto';

export interface MailParts {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly messageId?: string;
  /** Further header lines. */
  readonly headers?: readonly string[];
  /** Default: UTF-8 text. */
  readonly contentType?: string;
  readonly encoding?: string;
  readonly body?: string | Buffer;
}

export const CRLF = '\r\n';

/** A message as it comes over the wire. */
export const buildMail = (parts: MailParts = {}): Buffer => {
  const { from = 'Rosa Bianchi <rosa@customer.test>', to = 'support@riparo.test', subject = 'The printer', headers = [] } = parts;
  const {
    messageId = `${randomUUID()}@customer.test`,
    contentType = 'text/plain; charset=utf-8',
    encoding = '8bit',
    body = 'Hello',
  } = parts;
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    'Date: Mon, 2 Mar 2026 10:00:00 +0100',
    'MIME-Version: 1.0',
    ...headers,
    `Content-Type: ${contentType}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ].join(CRLF);
  const text = typeof body === 'string' ? Buffer.from(body.replace(/\r?\n/g, CRLF)) : body;
  return Buffer.concat([Buffer.from(`${head}${CRLF}${CRLF}`), text]);
};

export interface Part {
  readonly contentType: string;
  readonly content: string | Buffer;
  readonly fileName?: string;
  readonly headers?: readonly string[];
}

const partOf = ({ contentType, content, fileName, headers = [] }: Part): string => {
  const isText = typeof content === 'string';
  return [
    `Content-Type: ${contentType}`,
    ...(fileName === undefined ? [] : [`Content-Disposition: attachment; filename="${fileName}"`]),
    ...headers,
    ...(isText ? [] : ['Content-Transfer-Encoding: base64']),
    '',
    isText ? content.replace(/\r?\n/g, CRLF) : (content.toString('base64').match(/.{1,76}/g) ?? []).join(CRLF),
  ].join(CRLF);
};

/** Several parts, as `multipart/mixed` unless the mail says otherwise. */
export const buildMultipart = (parts: readonly Part[], { contentType = 'multipart/mixed', ...mail }: MailParts = {}): Buffer => {
  const boundary = 'limit-of-a-part';
  const body = [...parts.map((part) => `--${boundary}${CRLF}${partOf(part)}`), `--${boundary}--`, ''].join(CRLF);
  return buildMail({ ...mail, contentType: `${contentType}; boundary="${boundary}"`, encoding: '7bit', body });
};

export const text = (content: string): Part => ({ contentType: 'text/plain; charset=utf-8', content });
