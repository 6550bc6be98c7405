import { action, create, get, patch, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { approveRegistration } from './approve-registration.js';
import { getTechnician } from './get-technician.js';
import { getUser } from './get-user.js';
import { inviteUser, inviteUserInput } from './invite-user.js';
import { listRegistrations, listRegistrationsInput } from './list-registrations.js';
import { listTechnicians, listTechniciansInput } from './list-technicians.js';
import { listUsers, listUsersInput } from './list-users.js';
import { rejectRegistration, rejectRegistrationInput } from './reject-registration.js';
import { removeUser } from './remove-user.js';
import { resendInvitation } from './resend-invitation.js';
import { sendReset } from './send-reset.js';
import { updateUser, updateUserInput } from './update-user.js';
import { USER_OPERATIONS } from './user.reference.js';

/** Accounts, as those who manage them see them. */
export const userRoutes = (deps: Dependencies): readonly Route[] => [
  get('/users', 'read:users', 'All users; for customers, their own people.', listUsersInput, listUsers(deps), USER_OPERATIONS.listUsers),
  get('/users/:id', 'read:users', 'A user.', {}, getUser(deps), USER_OPERATIONS.getUser),
  create('/users', 'write:users', 'Invites somebody by e-mail.', inviteUserInput, inviteUser(deps), USER_OPERATIONS.inviteUser),
  patch(
    '/users/:id',
    'write:users',
    "Changes a user's role, status or profile.",
    updateUserInput,
    updateUser(deps),
    USER_OPERATIONS.updateUser,
  ),
  remove('/users/:id', 'manage:users', 'Removes a user and ends their sessions.', {}, removeUser(deps), USER_OPERATIONS.removeUser),
  action('/users/:id/invitation', 'write:users', 'Mails an invitation again.', {}, resendInvitation(deps), {
    ...USER_OPERATIONS.resendInvitation,
    success: 202,
  }),
  action(
    '/users/:id/reset-password',
    'manage:users',
    'Ends the sessions of a user and mails a link for a new password.',
    {},
    sendReset(deps),
    {
      ...USER_OPERATIONS.sendPasswordReset,
      success: 202,
    },
  ),
  get(
    '/registrations',
    'approve:registrations',
    'Staff registrations, both open and decided.',
    listRegistrationsInput,
    listRegistrations(deps),
    USER_OPERATIONS.listRegistrations,
  ),
  action(
    '/registrations/:userId/approve',
    'approve:registrations',
    'Approves a staff registration.',
    {},
    approveRegistration(deps),
    USER_OPERATIONS.approveRegistration,
  ),
  action(
    '/registrations/:userId/reject',
    'approve:registrations',
    'Rejects a staff registration and mails the reason.',
    rejectRegistrationInput,
    rejectRegistration(deps),
    USER_OPERATIONS.rejectRegistration,
  ),
  get(
    '/technicians',
    'read:technicians',
    'Active technicians.',
    listTechniciansInput,
    listTechnicians(deps),
    USER_OPERATIONS.listTechnicians,
  ),
  get('/technicians/:id', 'read:technicians', 'A technician.', {}, getTechnician(deps), USER_OPERATIONS.getTechnician),
];
