import { fields, one } from '@riparo/shared/http/reference/answer';
import { text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { approvalAnswer } from '../approval/approval.answer.js';
import { MAIL_LIMIT } from '../mail/mail-permits.js';
import { HASHING_LIMIT } from '../password/password.errors.js';
import { LINK_LIMIT, PASSWORD_LIMIT } from '../throttle/guess-limiter.js';
import { REGISTRATION_LIMIT } from '../user/registration-limiter.js';
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
const DEAD_LINK: Problems = { 422: ['LINK_NOT_VALID'] };
const WRONG_PASSWORD: Problems = { 401: ['INVALID_CREDENTIALS'] };
const CLOSED: Problems = { 403: ['ACCOUNT_CLOSED'] };
const SIGNING_IN = joinProblems(WRONG_PASSWORD, CLOSED, {
  403: ['ACCOUNT_DISABLED', 'INVITATION_PENDING', 'REGISTRATION_PENDING', 'REGISTRATION_REJECTED'],
});

/** Of a password that is checked. */
const CHECKING = [PASSWORD_LIMIT, HASHING_LIMIT];
const BY_LINK = [LINK_LIMIT, HASHING_LIMIT];

export const SESSION_OPERATIONS = operations(
  SESSION_TAG,
  {
    // A repetition with its Idempotency-Key signs in.
    registerCustomer: {
      answer: one(signedInAnswer),
      problems: joinProblems(SIGNING_IN, { 409: ['EMAIL_TAKEN'] }),
      limits: [REGISTRATION_LIMIT, MAIL_LIMIT, ...CHECKING],
    },
    registerStaff: { answer: one(receivedRegistrationAnswer), limits: [MAIL_LIMIT, HASHING_LIMIT] },
    signIn: { answer: one(signedInAnswer), problems: SIGNING_IN, limits: CHECKING },
    refreshSession: { answer: one(tokensAnswer), problems: { 401: ['INVALID_REFRESH_TOKEN', 'REFRESH_TOKEN_REUSED'] } },
    signOut: { answer: one(endedSessionAnswer) },
    signOutEverywhere: { answer: one(endedSessionsAnswer), problems: GONE },
    getMe: { answer: one(meAnswer), problems: GONE },
    updateMe: { answer: one(userAnswer), problems: GONE },
    changePassword: { answer: one(tokensAnswer), problems: joinProblems(GONE, CLOSED, { 403: ['ACCOUNT_DISABLED'] }), limits: CHECKING },
    forgotPassword: { answer: one(emailAddressAnswer), limits: [MAIL_LIMIT] },
    resetPassword: { answer: one(emailAddressAnswer), problems: DEAD_LINK, limits: BY_LINK },
    verifyEmail: { answer: one(verifiedEmailAnswer), problems: DEAD_LINK },
    resendVerification: { answer: one(emailAddressAnswer), limits: [MAIL_LIMIT] },
    acceptInvitation: { answer: one(signedInAnswer), problems: joinProblems(DEAD_LINK, CLOSED), limits: BY_LINK },
    approveAction: { answer: one(approvalAnswer), problems: joinProblems(WRONG_PASSWORD, { 403: ['FORBIDDEN'] }), limits: CHECKING },
  },
  { REGISTRATION_REJECTED: fields({ reason: text().optional().description('As the administrator gave it.') }) },
);
