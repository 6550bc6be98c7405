import { one } from '@riparo/shared/http/reference/answer';
import { joinProblems, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { approvalAnswer } from '../approval/approval.answer.js';
import { userAnswer } from '../user/user.answer.js';
import {
  emailAddressAnswer,
  endedSessionAnswer,
  endedSessionsAnswer,
  meAnswer,
  receivedRegistrationAnswer,
  signedInAnswer,
  tokensAnswer,
  verifiedEmailAnswer,
} from './session.answer.js';

const SESSION_TAG: Tag = { name: 'Sign-in', about: 'Registering, signing in, and your own account.' };

const GONE: Problems = { 404: ['USER_NOT_FOUND'] };
const TOO_MANY: Problems = { 429: ['TOO_MANY_ATTEMPTS'] };
/** Passwords are hashed by a few threads. */
const HASHING = joinProblems(TOO_MANY, { 429: ['SIGN_IN_BUSY'] });
const DEAD_LINK: Problems = { 422: ['LINK_NOT_VALID'] };
const WRONG_PASSWORD: Problems = { 401: ['INVALID_CREDENTIALS'] };
const CLOSED: Problems = { 403: ['ACCOUNT_CLOSED'] };
const SIGNING_IN = joinProblems(HASHING, WRONG_PASSWORD, CLOSED, {
  403: ['ACCOUNT_DISABLED', 'INVITATION_PENDING', 'REGISTRATION_PENDING', 'REGISTRATION_REJECTED'],
});

export const SESSION_OPERATIONS = operations(SESSION_TAG, {
  // A repetition with its Idempotency-Key signs in.
  registerCustomer: { answer: one(signedInAnswer), problems: joinProblems(SIGNING_IN, { 409: ['EMAIL_TAKEN'] }) },
  registerStaff: { answer: one(receivedRegistrationAnswer), problems: HASHING },
  signIn: { answer: one(signedInAnswer), problems: SIGNING_IN },
  refreshSession: { answer: one(tokensAnswer), problems: { 401: ['INVALID_REFRESH_TOKEN', 'REFRESH_TOKEN_REUSED'] } },
  signOut: { answer: one(endedSessionAnswer) },
  signOutEverywhere: { answer: one(endedSessionsAnswer), problems: GONE },
  getMe: { answer: one(meAnswer), problems: GONE },
  updateMe: { answer: one(userAnswer), problems: GONE },
  changePassword: { answer: one(tokensAnswer), problems: joinProblems(GONE, HASHING, CLOSED, { 403: ['ACCOUNT_DISABLED'] }) },
  forgotPassword: { answer: one(emailAddressAnswer), problems: TOO_MANY },
  resetPassword: { answer: one(emailAddressAnswer), problems: joinProblems(DEAD_LINK, HASHING) },
  verifyEmail: { answer: one(verifiedEmailAnswer), problems: DEAD_LINK },
  resendVerification: { answer: one(emailAddressAnswer), problems: TOO_MANY },
  acceptInvitation: { answer: one(signedInAnswer), problems: joinProblems(DEAD_LINK, HASHING, CLOSED) },
  approveAction: { answer: one(approvalAnswer), problems: joinProblems(WRONG_PASSWORD, HASHING, { 403: ['FORBIDDEN'] }) },
});
