import type { Described } from '../route.js';
import { bytes, type OtherAnswer } from './answer.js';

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });

type Answers = Pick<Described, 'answer' | 'others'>;

/** Of a page that the link of a mail opens. */
export const LINK_PAGE_SHOWN: Answers = {
  answer: PAGE,
  others: { 422: inWords('The link is used, wrong or too old: the page says so.') },
};

const CHANGED = inWords('Things have changed since the page was shown: the page says how.');

/** Of a page on which somebody chooses what the thing no longer allows. */
export const LINK_PAGE_CHOICES: Answers = { answer: PAGE, others: { ...LINK_PAGE_SHOWN.others, 409: CHANGED } };

/** Of a form on such a page. */
export const LINK_PAGE_TAKEN: Answers = {
  answer: PAGE,
  others: {
    409: CHANGED,
    422: inWords('The link is used, wrong or too old, or the form lacks something: the page says which.'),
    503: inWords('It could not be kept just now: the page asks to try again.'),
  },
};
