import { operations, type Tag } from '@riparo/shared/http/route';

const SESSION_TAG: Tag = { name: 'Sign-in', about: 'Accounts and sessions of your own.' };

export const SESSION_OPERATIONS = operations(SESSION_TAG, {
  registerCustomer: {},
  registerStaff: {},
  signIn: {},
  refreshSession: {},
  signOut: {},
  signOutEverywhere: {},
  getMe: {},
  updateMe: {},
  changePassword: {},
  forgotPassword: {},
  resetPassword: {},
  verifyEmail: {},
  resendVerification: {},
  acceptInvitation: {},
  approveAction: {},
});
