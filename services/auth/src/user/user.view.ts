import type { EmailFailure } from '../email-failure/email-failures.js';
import type { UserState } from './user.js';

/** A user as administrators, and the user, see it: nothing that lets anybody in. */
export const userView = (user: UserState, lastLoginAt?: Date, emailFailure?: EmailFailure) => {
  const { id, customerId, email, name, phone, role, status, emailVerified, skills, certifications, defaultRegion, availability, locale } =
    user;
  return {
    id,
    customerId,
    email,
    name,
    phone,
    role,
    status,
    emailVerified,
    emailFailure,
    lastLoginAt,
    skills,
    certifications,
    defaultRegion,
    availability,
    locale,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    version: user.version,
  };
};

/** What somebody who waits for approval is told of themselves, and the administrator who decides. */
export const registrationView = (user: UserState) => ({
  userId: user.id,
  ...userView(user),
  registration: user.registration,
});

export const technicianView = ({ id, name, email, role, skills = [], defaultRegion, certifications = [], availability }: UserState) => ({
  id,
  name,
  email,
  role,
  skills,
  defaultRegion,
  certifications,
  availability,
});
