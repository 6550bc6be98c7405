import type { ExportedCustomer, ExportedSettings, ExportedUser } from '@riparo/shared/contracts/exported-auth';
import type { Platform } from '@riparo/shared/composition/platform';
import { get, type Route } from '@riparo/shared/http/route';
import { createExport, exportInput } from '@riparo/shared/rebuild/export-page';
import { published as publishCustomer, type Customer } from './customer/customer.js';
import { published as publishSettings, type Settings } from './settings/settings.js';
import { published as publishUser, type User } from './user/user.js';
import { USERS } from './user/user.repository.js';

/** What services ask that make their copies anew. */
export const createExports = ({ connection }: Pick<Platform, 'connection'>) => ({
  exportUsers: createExport<User, ExportedUser>({
    ...{ connection, collection: USERS, leaveOut: ['tasks'] },
    tell: (users) => users.map((user) => ({ user: publishUser(user), version: user.version })),
  }),
  exportCustomers: createExport<Customer, ExportedCustomer>({
    ...{ connection, collection: 'customers' },
    tell: (customers) => customers.map((customer) => ({ customer: publishCustomer(customer), version: customer.version })),
  }),
  exportSettings: createExport<Settings, ExportedSettings>({
    ...{ connection, collection: 'settings' },
    tell: (all) => all.map((settings) => ({ id: settings.id, settings: publishSettings(settings), version: settings.version })),
  }),
});

export const exportRoutes = (deps: ReturnType<typeof createExports>): readonly Route[] => [
  get('/internal/users', 'internal', 'Every account, for services that make their copies anew.', exportInput, deps.exportUsers, {
    root: true,
  }),
  get('/internal/customers', 'internal', 'Every customer, for services that make their copies anew.', exportInput, deps.exportCustomers, {
    root: true,
  }),
  get('/internal/settings', 'internal', 'The settings, for services that make their copies anew.', exportInput, deps.exportSettings, {
    root: true,
  }),
];
