import { operations, type Tag } from '@riparo/shared/http/route';

const USER_TAG: Tag = { name: 'Users', about: 'People with a login.' };

export const USER_OPERATIONS = operations(USER_TAG, {
  listUsers: {},
  getUser: {},
  inviteUser: {},
  updateUser: {},
  removeUser: {},
  resendInvitation: {},
  sendPasswordReset: {},
  listRegistrations: {},
  approveRegistration: {},
  rejectRegistration: {},
  listTechnicians: {},
  getTechnician: {},
});
