import { USER_STATUSES } from '@riparo/shared/contracts/enums';
import { fields, listOf, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { oneOf } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { MAIL_LIMIT } from '../mail/mail-permits.js';
import { REGISTRATION_STATUSES } from './registration.js';
import { staffRegistrationAnswer, technicianAnswer, userAnswer } from './user.answer.js';

const USER_TAG: Tag = { name: 'Users', about: 'Everybody who can sign in: people of customers, and the staff.' };

const NO_CUSTOMER: Problems = { 404: ['CUSTOMER_NOT_FOUND'] };
const MAILS = { limits: [MAIL_LIMIT] };
const STATUS: Problems = { 409: ['USER_STATUS_NOT_ALLOWED'] };
const OWN_ACCOUNT: Problems = { 403: ['OWN_ACCOUNT'] };
const LAST_ADMIN: Problems = { 409: ['LAST_SUPER_ADMIN'] };
const DECIDING: Problems = { 404: ['REGISTRATION_NOT_FOUND'], 409: ['REGISTRATION_ALREADY_DECIDED'], 412: ['STALE_VERSION'] };

const current = oneOf(USER_STATUSES);
const MEMBERS: ProblemMembers = {
  REGISTRATION_ALREADY_DECIDED: fields({ current: oneOf(REGISTRATION_STATUSES).optional() }),
  USER_STATUS_NOT_ALLOWED: fields({ current, allowed: listOf(current) }),
  USER_NOT_INVITED: fields({ current }),
};

export const USER_OPERATIONS = operations(
  USER_TAG,
  {
    listUsers: { answer: pageOf(userAnswer), problems: NO_CUSTOMER },
    getUser: { answer: one(userAnswer) },
    inviteUser: { answer: one(userAnswer), problems: joinProblems(NO_CUSTOMER, { 409: ['EMAIL_TAKEN'] }), ...MAILS },
    updateUser: {
      answer: one(userAnswer),
      problems: joinProblems(OWN_ACCOUNT, LAST_ADMIN, STATUS, { 409: ['ROLE_CHANGE_NOT_ALLOWED'] }),
    },
    removeUser: { answer: nothing, problems: joinProblems(OWN_ACCOUNT, LAST_ADMIN) },
    resendInvitation: { answer: one(userAnswer), problems: { 409: ['USER_NOT_INVITED'] }, ...MAILS },
    sendPasswordReset: { answer: one(userAnswer), problems: joinProblems(OWN_ACCOUNT, STATUS), ...MAILS },
    listRegistrations: { answer: pageOf(staffRegistrationAnswer) },
    approveRegistration: { answer: one(staffRegistrationAnswer), problems: DECIDING },
    rejectRegistration: { answer: one(staffRegistrationAnswer), problems: DECIDING },
    listTechnicians: { answer: pageOf(technicianAnswer) },
    getTechnician: { answer: one(technicianAnswer) },
  },
  MEMBERS,
);
