import escapeHtml from 'escape-html';
import type { Message } from './channel.js';

const isOneClick = (url: string): boolean => url.startsWith('https:');

/** Mail programs show a button for it. The one click (RFC 8058) is for addresses with TLS only. */
export const unsubscribeHeaders = ({ unsubscribe }: Message): Readonly<Record<string, string>> =>
  unsubscribe === undefined
    ? {}
    : {
        'List-Unsubscribe': `<${unsubscribe.url}>`,
        ...(isOneClick(unsubscribe.url) ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
      };

const LINK = 'max-width:560px;margin:12px auto;font-size:12px';

type Written = Pick<Message, 'text' | 'html' | 'unsubscribe'>;

/** The last line of the mail leads to the same place, for programs without such a button. */
export const withUnsubscribeLink = ({ text, html, unsubscribe }: Written): Pick<Message, 'text' | 'html'> => {
  if (unsubscribe === undefined) return { text, html };
  const { url, label } = unsubscribe;
  const link = `<p style="${LINK}"><a href="${escapeHtml(url)}" style="color:#7b8794">${escapeHtml(label)}</a></p>`;
  return { text: `${text}${label}: ${url}\n`, html: html.replace(/<\/body>/, () => `${link}</body>`) };
};
