import { action, create, get, patch, type Route } from '@riparo/shared/http/route';
import { approve, approveInput } from '../approval/approve.js';
import type { Dependencies } from '../dependencies.js';
import { acceptInvitation, acceptInvitationInput } from '../user/accept-invitation.js';
import { changePassword, changePasswordInput } from '../user/change-password.js';
import { forgotPassword, forgotPasswordInput } from '../user/forgot-password.js';
import { getMe } from '../user/get-me.js';
import { registerCustomer, registerCustomerInput } from '../user/register-customer.js';
import { registerStaff, registerStaffInput } from '../user/register-staff.js';
import { resendVerification } from '../user/resend-verification.js';
import { resetPassword, resetPasswordInput } from '../user/reset-password.js';
import { updateMe, updateMeInput } from '../user/update-me.js';
import { verifyEmail, verifyEmailInput } from '../user/verify-email.js';
import { login, loginInput } from './login.js';
import { logoutAll } from './logout-all.js';
import { logout } from './logout.js';
import { refresh, refreshInput } from './refresh.js';
import { SESSION_OPERATIONS } from './session.reference.js';

/** Signing in, and what people do with accounts of their own. */
export const sessionRoutes = (deps: Dependencies): readonly Route[] => [
  create('/auth/register', 'public', 'Registers a customer and signs in their first user.', registerCustomerInput, registerCustomer(deps), {
    ...SESSION_OPERATIONS.registerCustomer,
    replay: false,
  }),
  create(
    '/auth/register/staff',
    'public',
    'Asks for a staff account; an administrator approves or rejects it.',
    registerStaffInput,
    registerStaff(deps),
    {
      ...SESSION_OPERATIONS.registerStaff,
      success: 202,
    },
  ),
  action('/auth/login', 'public', 'Signs in with e-mail and password.', loginInput, login(deps), SESSION_OPERATIONS.signIn),
  action(
    '/auth/refresh',
    'public',
    'Exchanges a refresh token for a new pair of tokens.',
    refreshInput,
    refresh(deps),
    SESSION_OPERATIONS.refreshSession,
  ),
  action('/auth/logout', 'signed-in', 'Signs you out of this session.', {}, logout(deps), SESSION_OPERATIONS.signOut),
  action('/auth/logout-all', 'signed-in', 'Signs you out everywhere.', {}, logoutAll(deps), SESSION_OPERATIONS.signOutEverywhere),
  get('/auth/me', 'signed-in', 'Your account, your customer and your permissions.', {}, getMe(deps), SESSION_OPERATIONS.getMe),
  patch('/auth/me', 'write:profile', 'Changes your profile.', updateMeInput, updateMe(deps), SESSION_OPERATIONS.updateMe),
  action(
    '/auth/me/password',
    'write:profile',
    'Changes your password and ends your other sessions.',
    changePasswordInput,
    changePassword(deps),
    SESSION_OPERATIONS.changePassword,
  ),
  action('/auth/forgot-password', 'public', 'Mails a link for choosing a new password.', forgotPasswordInput, forgotPassword(deps), {
    ...SESSION_OPERATIONS.forgotPassword,
    success: 202,
  }),
  action('/auth/reset-password', 'public', 'Sets a new password with the link from a mail.', resetPasswordInput, resetPassword(deps), {
    ...SESSION_OPERATIONS.resetPassword,
    success: 202,
  }),
  action(
    '/auth/verify-email',
    'public',
    'Confirms an e-mail address with the link from a mail.',
    verifyEmailInput,
    verifyEmail(deps),
    SESSION_OPERATIONS.verifyEmail,
  ),
  action('/auth/verify-email/resend', 'signed-in', 'Mails the confirmation link again.', {}, resendVerification(deps), {
    ...SESSION_OPERATIONS.resendVerification,
    success: 202,
  }),
  action(
    '/auth/accept-invitation',
    'public',
    'Accepts an invitation: sets the first password and signs in.',
    acceptInvitationInput,
    acceptInvitation(deps),
    SESSION_OPERATIONS.acceptInvitation,
  ),
  action(
    '/auth/approvals',
    'signed-in',
    'Approves one action with a password; the approval lasts five minutes.',
    approveInput,
    approve(deps),
    SESSION_OPERATIONS.approveAction,
  ),
];
