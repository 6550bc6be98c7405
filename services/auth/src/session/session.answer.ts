import { listOf, view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, text } from '@riparo/shared/http/reference/answer-fields';
import { customerAnswer } from '../customer/customer.answer.js';
import { staffRegistrationAnswer, userAnswer } from '../user/user.answer.js';

const tokenFields = {
  token: text().description('The access token, for `Authorization: Bearer`.'),
  expiresAt: moment().description('When the access token expires.'),
  refreshToken: text().description('Good for one new pair of tokens.'),
};

const account = { user: userAnswer, customer: customerAnswer.optional().description('Whom the user belongs to; missing for staff.') };

export const tokensAnswer = view('Tokens', 'An access token, and a refresh token for the next ones.', tokenFields);

export const signedInAnswer = view('SignedIn', 'Who signed in, and the tokens of the new session.', { ...account, ...tokenFields });

export const meAnswer = view('Me', 'Who you are, and what you may do.', {
  ...account,
  permissions: listOf(text()).description('Of your role, such as `read:tickets`.'),
});

export const receivedRegistrationAnswer = view('ReceivedRegistration', 'A registration that waits for approval.', {
  user: staffRegistrationAnswer,
});

export const endedSessionAnswer = view('EndedSession', 'The session that has ended.', { sessionId: id() });

export const endedSessionsAnswer = view('EndedSessions', 'Whose sessions have ended, all of them.', { userId: id() });

export const emailAddressAnswer = view('EmailAddress', 'The e-mail address that it is about; there need be no account with it.', {
  email: text(),
});

export const verifiedEmailAnswer = view('VerifiedEmail', 'An e-mail address whose owner opened the mailed link.', {
  email: text(),
  emailVerified: flag(),
});
