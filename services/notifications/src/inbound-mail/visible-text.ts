import { cut } from '@riparo/shared/text/cut';
import EmailReplyParser from 'email-reply-parser';

/** Characters that are looked through for quotes: in longer texts the patterns of the library take their time. */
const MAX_SEARCHED = 30_000;
/** What a reply may have, with room for what is added to it. */
export const MAX_SHOWN = 9_000;

/** What a phone adds; the library sees it only where nothing follows. */
const FROM_PHONE =
  /\n+(?:Sent from my|Inviato (?:da|dal mio) |Von meinem .{1,40} gesendet|Envoyé (?:de mon|depuis) |Enviado (?:desde mi|do meu) )[^\n]{0,60}$/iu;

const parser = new EmailReplyParser();

/**
 * What the writer of a reply has added: without the history below it and without the signature. Where answers stand between the
 * quoted lines, these stay: the answers would say nothing without them. A mail that is nothing but quotes stays whole, such as
 * one that was passed on.
 */
export const visibleText = (text: string): string => {
  const fragments = parser.read(cut(text, MAX_SEARCHED)).getFragments();
  const lastShown = fragments.findLastIndex((fragment) => !fragment.isHidden() && !fragment.isQuoted() && !fragment.isEmpty());
  const kept = fragments.slice(0, lastShown + 1).map((fragment) => fragment.getContent());
  const shown = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .replace(FROM_PHONE, '');
  return shorten(shown === '' ? text : shown);
};

const shorten = (text: string): string => (text.length <= MAX_SHOWN ? text : `${cut(text, MAX_SHOWN - 2)} …`);
