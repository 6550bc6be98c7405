import { TICKET_CATEGORIES, type TicketCategory } from '@riparo/shared/contracts/enums';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';

export const CATEGORIES = TICKET_CATEGORIES;

/** A text that staff use again and again. All staff use the shared ones; the others belong to their owner alone. */
export interface CannedReply extends Entity {
  readonly title: string;
  readonly body: string;
  readonly category?: TicketCategory;
  readonly isShared: boolean;
  readonly ownerUserId: string;
  /** Derived: the list that holds it, `SHARED` or the owner's id. */
  readonly list: string;
  /** Derived: the title in the form in which titles are compared. Missing once the reply is removed, so that the title is free again. */
  readonly titleKey?: string;
  /** Derived: words of the search. */
  readonly words: readonly string[];
}

export const SHARED = 'SHARED';

export interface Wording {
  readonly title: string;
  readonly body: string;
  readonly category?: TicketCategory | undefined;
  readonly isShared: boolean;
}

/** The words by which a search finds a reply. */
export const cannedReplyWords = ({ title, body }: Pick<Wording, 'title' | 'body'>): readonly string[] =>
  boundedWords(searchWords(title, body));

/** A title is unique within its list: among shared replies, and among each person's own. */
const derived = (wording: Wording, ownerUserId: string) => ({
  list: wording.isShared ? SHARED : ownerUserId,
  titleKey: wording.title.normalize('NFKC').toLowerCase(),
  words: cannedReplyWords(wording),
});

export const write = (id: string, ownerUserId: string, wording: Wording): Draft<CannedReply> => ({
  id,
  ownerUserId,
  ...wording,
  ...derived(wording, ownerUserId),
});

export const rewrite = (before: CannedReply, wording: Wording): Decision<CannedReply> => ({
  state: { ...before, ...wording, category: wording.category, ...derived(wording, before.ownerUserId) },
});

export const removed = (before: CannedReply, now: Date): Decision<CannedReply> => ({
  state: { ...before, titleKey: undefined, deletedAt: now },
});

export const viewCannedReply = ({ list: _list, titleKey: _key, words: _words, ...shown }: CannedReply) => shown;
