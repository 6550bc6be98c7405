import { bytes, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { HASHING_LIMIT } from '../password/password.errors.js';
import { LINK_LIMIT } from '../throttle/guess-limiter.js';

const ACCOUNT_PAGE_TAG: Tag = { name: 'Account pages', about: 'Pages that the links of mails about accounts lead to.' };

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });

const GET = { answer: PAGE, others: { 422: inWords('The link is used, wrong or too old: the page says so.') } };
const CONFIRMED = { answer: PAGE, others: { ...GET.others, 503: inWords('It could not be kept just now: the page asks to try again.') } };
const CHOSEN = {
  answer: PAGE,
  limits: [LINK_LIMIT, HASHING_LIMIT],
  others: {
    422: inWords('The link is used, wrong or too old, or the password does not keep the rules: the page says which.'),
    429: inWords('Too many tries with this link, or too many passwords at once: the page asks to wait.'),
    503: CONFIRMED.others[503],
  },
};

export const ACCOUNT_PAGE_OPERATIONS = operations(ACCOUNT_PAGE_TAG, {
  getVerifyEmailPage: GET,
  verifyEmailOnPage: CONFIRMED,
  getResetPasswordPage: GET,
  resetPasswordOnPage: CHOSEN,
  getAcceptInvitationPage: GET,
  acceptInvitationOnPage: CHOSEN,
});
