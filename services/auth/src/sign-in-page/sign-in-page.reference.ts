import { bytes, nothing, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { HASHING_LIMIT } from '../password/password.errors.js';
import { PASSWORD_LIMIT } from '../throttle/guess-limiter.js';

const SIGN_IN_PAGE_TAG: Tag = { name: 'Sign-in page', about: 'Where people sign in for pages, such as the reports of the centre.' };

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });
const GO_ON = { Location: 'The page to go on to.' };

export const SIGN_IN_PAGE_OPERATIONS = operations(SIGN_IN_PAGE_TAG, {
  getSignInPage: { answer: PAGE, headers: { 'Set-Cookie': 'What the form is bound to.' } },
  signInOnPage: {
    answer: nothing,
    headers: { ...GO_ON, 'Set-Cookie': 'The session, for pages.' },
    limits: [PASSWORD_LIMIT, HASHING_LIMIT],
    others: {
      403: inWords('The form was not made for this browser, or nobody may sign in to the account now: the page says which.'),
      422: inWords('The e-mail or the password is missing or wrong: the page says so.'),
      429: inWords('Too many tries: the page asks to wait.'),
      503: inWords('It could not be looked at just now: the page asks to try again.'),
    },
  },
  signOutOnPage: {
    answer: nothing,
    headers: { ...GO_ON, 'Set-Cookie': 'An empty session.' },
    problems: { 403: ['FORBIDDEN'] },
  },
});
