import { invalidInput } from '../errors/common-errors.js';
import type { IfMatch } from '../persistence/if-match.js';

/** Entity tags (RFC 9110, 8.8.3). Between its quotes anything may stand but quotes, blanks and controls, so commas too. */
const TAGS = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/**
 * The tags of an `If-Match` or `If-None-Match` header; `undefined` when it is no list of tags. Recipients have to read
 * past empty elements: `"3", , "4"`.
 */
const tagsOf = (header: string): readonly string[] | undefined => {
  const elements = header
    .replace(TAGS, '""')
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
  return elements.length > 0 && elements.every((element) => element === '""') ? (header.match(TAGS) ?? []) : undefined;
};

/** A tag as `reply.ts` makes it of a version, also weakened. `"03"` is another tag than `"3"`. */
const VERSION = /^(?:W\/)?"(0|[1-9]\d{0,14})"$/;

/**
 * The versions in an `If-Match` header: `"3", "4"` is 3 or 4. No header, or `*`, asks for no version. Tags that Riparo never
 * gave match nothing; what is no list of tags is 422. A weak tag counts as the strong one, although RFC 9110 wants it to
 * match nothing: proxies that compress answers weaken the tags (nginx does), and a tag names one version whatever its encoding.
 */
export const readIfMatch = (header: string | undefined): IfMatch | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = tagsOf(header);
  if (tags === undefined) throw invalidInput([{ path: 'If-Match', message: 'must be ETags in quotes such as "3" or "3", "4", or be *' }]);
  return tags.flatMap((tag) => VERSION.exec(tag)?.[1] ?? []).map(Number);
};

const withoutWeakness = (tag: string): string => tag.replace(/^W\//, '');

/**
 * Whether the client already has what `tag` names, so that 304 is the answer to a GET. Weak tags count too, and `*` has
 * everything. A header that is no list of tags has nothing.
 */
export const isKnown = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch?.trim() === '*' || tagsOf(ifNoneMatch ?? '')?.some((known) => withoutWeakness(known) === withoutWeakness(tag)) === true;
