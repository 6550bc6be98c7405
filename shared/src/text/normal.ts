/**
 * What people paste, in the one form that is compared and kept. Fields of requests get it from `http/schemas.ts`; whoever
 * compares with a text that was kept before calls these functions for both sides.
 */

/** Ordinary, no-break, thin and ideographic blanks, and Unicode's own separators of lines. */
const BLANKS = /\p{Z}/gu;

/**
 * Marks that no reader sees and that mean nothing in one line: soft hyphen, zero-width space, word joiner, byte order mark,
 * and those that turn the direction of writing, which contacts of telephones and spreadsheets put around numbers.
 */
const MARKS = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * Joiners mean something between parts of emoji and in Arabic, Persian and Indic words, at the end of a word too. They mean
 * nothing where no letter stands in front, and at the end of a word in alphabets whose letters do not join.
 */
const IDLE_JOINERS =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]+|(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200c\u200d]+(?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** Something that can be seen. Hangul fillers are letters and the empty Braille cell is a symbol, but both look like a blank. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\s\p{Z}\u2800\ufff9-\ufffb]/u;

/** Printable ASCII is most of what comes, and normal already. */
const PLAIN = /^[\x20-\x7e]*$/;

const visible = (text: string): string => (VISIBLE.test(text) ? text : '');

/** A letter and its accent meet only when nothing stands between them: composed again at the end. */
const withoutIdle = (text: string): string => text.replace(MARKS, '').normalize('NFC').replace(IDLE_JOINERS, '').normalize('NFC');

/** Names, titles, tags: composed characters (NFC), ordinary blanks, no idle marks; empty when nothing in it can be seen. */
export const normalLine = (text: string): string =>
  PLAIN.test(text) ? text.trim() : visible(withoutIdle(text.replace(BLANKS, ' ')).trim());

/** Text of several lines: composed characters (NFC) and `\n`, else as it was written; empty when nothing in it can be seen. */
export const normalText = (text: string): string => visible(text.replace(/\r\n?/g, '\n').trim().normalize('NFC'));

const DASHES = /[\u2010-\u2015\u2212]/gu;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Serial numbers, telephone numbers, fiscal codes: like a line, and what merely looks like an ASCII character is one. A wide
 * `Ａ１` becomes `A1`, every dash `-`.
 */
export const normalCode = (text: string): string =>
  PLAIN.test(text) ? text.trim() : normalLine(text.normalize('NFKC').replace(INVISIBLE, '').replace(DASHES, '-'));

const WIDTHS = /[\uff01-\uffee]/gu;

/** E-mail addresses: like a line, and wide characters are their ordinary ones. Other letters of a domain stay what they are. */
export const normalEmail = (text: string): string => normalLine(text.replace(WIDTHS, (wide) => wide.normalize('NFKC')));

/** Whether two lines are the same to a reader, upper and lower case aside. */
export const isSameLine = (left: string, right: string): boolean => normalLine(left).toLowerCase() === normalLine(right).toLowerCase();

/** How a normal text may have been kept by versions that kept what was sent: composed or decomposed. */
export const spellingsOf = (text: string): readonly string[] => [...new Set([text, text.normalize('NFD')])];
