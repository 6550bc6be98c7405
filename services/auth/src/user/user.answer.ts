import { SKILLS, USER_STATUSES, WEEKDAYS } from '@riparo/shared/contracts/enums';
import { ROLES, TECHNICIAN_ROLES } from '@riparo/shared/contracts/roles';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { flag, id, interval, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { emailFailureAnswer } from '../email-failure/email-failure.answer.js';
import { REGISTRATION_STATUSES } from './registration.js';

const hours = Joi.alternatives(interval(), listOf(interval()));

const availability = view(
  'Availability',
  'The regular hours of a technician by weekday; a weekday that is missing is a day off.',
  Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, hours.optional()])),
);

const userFields = {
  id: id(),
  customerId: id().optional().description('Missing: works for the centre.'),
  email: text(),
  name: text(),
  phone: text().optional(),
  role: oneOf(ROLES),
  status: oneOf(USER_STATUSES),
  emailVerified: flag(),
  emailFailure: emailFailureAnswer.optional().description('Missing while mails arrive, and in answers to changes.'),
  lastLoginAt: moment().optional().description('Missing before the first sign-in, and in answers to changes.'),
  skills: listOf(oneOf(SKILLS)).optional(),
  certifications: listOf(text()).optional(),
  defaultRegion: text().optional(),
  availability: availability.optional().description('Missing: stated none.'),
  locale: text().optional().description('Language of mails, such as `it-IT`; missing: that of the centre.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const userAnswer = view('User', 'Somebody who can sign in, now or later.', userFields);

export const staffRegistrationAnswer = view('StaffRegistration', 'Somebody who asked to join the staff.', {
  userId: id().description('The same as `id`.'),
  ...userFields,
  registration: fields({
    status: oneOf(REGISTRATION_STATUSES),
    requestedAt: moment(),
    decidedAt: moment().optional(),
    decidedByUserId: id().optional(),
    reason: text().optional().description('Why it was rejected.'),
  }),
});

export const technicianAnswer = view('Technician', 'Somebody whom tickets and repairs can be assigned to.', {
  id: id(),
  name: text(),
  email: text(),
  role: oneOf(TECHNICIAN_ROLES),
  skills: listOf(oneOf(SKILLS)),
  defaultRegion: text().optional(),
  certifications: listOf(text()),
  availability: availability.optional().description('Missing: stated none.'),
});
