import { action, create, get, patch, put, remove, type Route } from '@riparo/shared/http/route';
import { closeCustomer } from './customer/close-customer.js';
import { createCustomer, createCustomerInput } from './customer/create-customer.js';
import { getCustomer } from './customer/get-customer.js';
import { getProfile } from './customer/get-profile.js';
import {
  internalFindOrMakeCustomer,
  internalFindOrMakeCustomerInput,
  internalGetAddress,
  internalGetCustomer,
  internalGetCustomerInput,
} from './customer/internal-customers.js';
import { listCustomers, listCustomersInput } from './customer/list-customers.js';
import { putProfile, putProfileInput } from './customer/put-profile.js';
import { updateCustomer, updateCustomerInput } from './customer/update-customer.js';
import { approve, approveInput } from './approval/approve.js';
import { listAuditEvents, listAuditEventsInput } from './audit/list-audit-events.js';
import { acceptInvitation, acceptInvitationInput } from './user/accept-invitation.js';
import { forgotPassword, forgotPasswordInput } from './user/forgot-password.js';
import { inviteUser, inviteUserInput } from './user/invite-user.js';
import { removeUser } from './user/remove-user.js';
import { resendInvitation } from './user/resend-invitation.js';
import { resendVerification } from './user/resend-verification.js';
import { resetPassword, resetPasswordInput } from './user/reset-password.js';
import { sendReset } from './user/send-reset.js';
import { verifyEmail, verifyEmailInput } from './user/verify-email.js';
import type { Dependencies } from './dependencies.js';
import { login, loginInput } from './session/login.js';
import { logoutAll } from './session/logout-all.js';
import { logout } from './session/logout.js';
import { refresh, refreshInput } from './session/refresh.js';
import { getSettings } from './settings/get-settings.js';
import { putSettings, putSettingsInput } from './settings/put-settings.js';
import { getJwks } from './signing-key/get-jwks.js';
import { approveRegistration } from './user/approve-registration.js';
import { changePassword, changePasswordInput } from './user/change-password.js';
import { getMe } from './user/get-me.js';
import { getTechnician } from './user/get-technician.js';
import { getUser } from './user/get-user.js';
import { listRegistrations, listRegistrationsInput } from './user/list-registrations.js';
import { listTechnicians, listTechniciansInput } from './user/list-technicians.js';
import { listUsers, listUsersInput } from './user/list-users.js';
import { registerCustomer, registerCustomerInput } from './user/register-customer.js';
import { registerStaff, registerStaffInput } from './user/register-staff.js';
import { rejectRegistration, rejectRegistrationInput } from './user/reject-registration.js';
import { updateMe, updateMeInput } from './user/update-me.js';
import { updateUser, updateUserInput } from './user/update-user.js';
import { SESSION_OPERATIONS } from './session/session.reference.js';
import { USER_OPERATIONS } from './user/user.reference.js';
import { CUSTOMER_OPERATIONS } from './customer/customer.reference.js';
import { SETTINGS_OPERATIONS } from './settings/settings.reference.js';
import { AUDIT_OPERATIONS } from './audit/audit.reference.js';
import { SIGNING_KEY_OPERATIONS } from './signing-key/signing-key.reference.js';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  create('/auth/register', 'public', 'Registers a customer and signs its first user in.', registerCustomerInput, registerCustomer(deps), {
    ...SESSION_OPERATIONS.registerCustomer,
    replay: false,
  }),
  create('/auth/register/staff', 'public', 'Asks to join the staff; an administrator decides.', registerStaffInput, registerStaff(deps), {
    ...SESSION_OPERATIONS.registerStaff,
    success: 202,
  }),
  action('/auth/login', 'public', 'Signs in with e-mail and password.', loginInput, login(deps), SESSION_OPERATIONS.signIn),
  action(
    '/auth/refresh',
    'public',
    'Exchanges a refresh token for a new pair.',
    refreshInput,
    refresh(deps),
    SESSION_OPERATIONS.refreshSession,
  ),
  action('/auth/logout', 'signed-in', 'Ends this session.', {}, logout(deps), SESSION_OPERATIONS.signOut),
  action('/auth/logout-all', 'signed-in', 'Ends all sessions of the caller.', {}, logoutAll(deps), SESSION_OPERATIONS.signOutEverywhere),
  get('/auth/me', 'signed-in', 'The caller, their customer and permissions.', {}, getMe(deps), SESSION_OPERATIONS.getMe),
  patch('/auth/me', 'write:profile', 'Changes the own profile.', updateMeInput, updateMe(deps), SESSION_OPERATIONS.updateMe),
  action(
    '/auth/me/password',
    'write:profile',
    'Changes the own password and ends the other sessions.',
    changePasswordInput,
    changePassword(deps),
    SESSION_OPERATIONS.changePassword,
  ),
  action('/auth/forgot-password', 'public', 'Mails a link to a new password.', forgotPasswordInput, forgotPassword(deps), {
    ...SESSION_OPERATIONS.forgotPassword,
    success: 202,
  }),
  action('/auth/reset-password', 'public', 'Sets a new password by a mailed link.', resetPasswordInput, resetPassword(deps), {
    ...SESSION_OPERATIONS.resetPassword,
    success: 202,
  }),
  action(
    '/auth/verify-email',
    'public',
    'Confirms an e-mail address by a mailed link.',
    verifyEmailInput,
    verifyEmail(deps),
    SESSION_OPERATIONS.verifyEmail,
  ),
  action('/auth/verify-email/resend', 'signed-in', 'Mails that link again.', {}, resendVerification(deps), {
    ...SESSION_OPERATIONS.resendVerification,
    success: 202,
  }),
  action(
    '/auth/accept-invitation',
    'public',
    'Sets the first password by a mailed link and signs in.',
    acceptInvitationInput,
    acceptInvitation(deps),
    SESSION_OPERATIONS.acceptInvitation,
  ),
  action(
    '/auth/approvals',
    'signed-in',
    'Confirms one thing with the password, for five minutes.',
    approveInput,
    approve(deps),
    SESSION_OPERATIONS.approveAction,
  ),
  get('/users', 'read:users', 'Users; for a customer their own.', listUsersInput, listUsers(deps), USER_OPERATIONS.listUsers),
  get('/users/:id', 'read:users', 'One user.', {}, getUser(deps), USER_OPERATIONS.getUser),
  create('/users', 'write:users', 'Invites somebody.', inviteUserInput, inviteUser(deps), USER_OPERATIONS.inviteUser),
  patch(
    '/users/:id',
    'write:users',
    "Changes a user's role, status or profile.",
    updateUserInput,
    updateUser(deps),
    USER_OPERATIONS.updateUser,
  ),
  remove('/users/:id', 'manage:users', 'Removes an account.', {}, removeUser(deps), USER_OPERATIONS.removeUser),
  action('/users/:id/invitation', 'write:users', 'Mails an invited person the link once more.', {}, resendInvitation(deps), {
    ...USER_OPERATIONS.resendInvitation,
    success: 202,
  }),
  action('/users/:id/reset-password', 'manage:users', 'Ends the sessions and mails a link.', {}, sendReset(deps), {
    ...USER_OPERATIONS.sendPasswordReset,
    success: 202,
  }),
  get(
    '/registrations',
    'approve:registrations',
    'Staff registrations.',
    listRegistrationsInput,
    listRegistrations(deps),
    USER_OPERATIONS.listRegistrations,
  ),
  action(
    '/registrations/:userId/approve',
    'approve:registrations',
    'Lets somebody join the staff.',
    {},
    approveRegistration(deps),
    USER_OPERATIONS.approveRegistration,
  ),
  action(
    '/registrations/:userId/reject',
    'approve:registrations',
    'Refuses a registration.',
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
  get('/technicians/:id', 'read:technicians', 'One technician.', {}, getTechnician(deps), USER_OPERATIONS.getTechnician),
  get('/customers', 'read:customers', 'Customers.', listCustomersInput, listCustomers(deps), CUSTOMER_OPERATIONS.listCustomers),
  create(
    '/customers',
    'write:customers',
    'Makes a customer without a login.',
    createCustomerInput,
    createCustomer(deps),
    CUSTOMER_OPERATIONS.createCustomer,
  ),
  get('/customers/:id', 'read:customers', 'One customer.', {}, getCustomer(deps), CUSTOMER_OPERATIONS.getCustomer),
  put(
    '/customers/:id',
    'write:customers',
    "Replaces a customer's data.",
    updateCustomerInput,
    updateCustomer(deps),
    CUSTOMER_OPERATIONS.updateCustomer,
  ),
  remove(
    '/customers/:id',
    'write:customers',
    'Closes a customer without open work.',
    {},
    closeCustomer(deps),
    CUSTOMER_OPERATIONS.closeCustomer,
  ),
  get(
    '/customers/:id/profile',
    'write:customer-profile',
    "A customer's contact and fiscal data.",
    {},
    getProfile(deps),
    CUSTOMER_OPERATIONS.getCustomerProfile,
  ),
  put(
    '/customers/:id/profile',
    'write:customer-profile',
    'Replaces contact and fiscal data.',
    putProfileInput,
    putProfile(deps),
    CUSTOMER_OPERATIONS.updateCustomerProfile,
  ),
  get('/settings', 'read:settings', "The company's settings.", {}, getSettings(deps), SETTINGS_OPERATIONS.getSettings),
  put(
    '/settings',
    'write:settings',
    "Replaces the company's settings.",
    putSettingsInput,
    putSettings(deps),
    SETTINGS_OPERATIONS.updateSettings,
  ),
  get(
    '/audit-events',
    'read:audit-events',
    'Who did what that matters to security.',
    listAuditEventsInput,
    listAuditEvents(deps),
    AUDIT_OPERATIONS.listAuditEvents,
  ),
  get('/internal/customers/:id', 'internal', 'A customer, for another service.', internalGetCustomerInput, internalGetCustomer(deps), {
    root: true,
  }),
  get(
    '/internal/customers/:id/address',
    'internal',
    "A customer's billing address, if there is one.",
    internalGetCustomerInput,
    internalGetAddress(deps),
    { root: true },
  ),
  create(
    '/internal/customers',
    'internal',
    'Finds or makes a customer, for the intake.',
    internalFindOrMakeCustomerInput,
    internalFindOrMakeCustomer(deps),
    { root: true },
  ),
  get('/.well-known/jwks.json', 'public', 'Public keys of access tokens.', {}, getJwks(deps), {
    ...SIGNING_KEY_OPERATIONS.getJwks,
    root: true,
  }),
];
