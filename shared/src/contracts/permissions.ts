import type { Role } from './roles.js';

/**
 * Which role has which permission. Guards, `GET /auth/me` and the documentation are made from this one table. A
 * permission says what kind of thing a role may do; each use case decides from the caller's customer whose things the
 * caller may touch.
 */
const CUSTOMER_USER = [
  'read:profile',
  'write:profile',
  'read:settings',
  'read:locations',
  'read:assets',
  'write:assets',
  'read:service-plans',
  'read:tickets',
  'write:tickets',
  'reply:tickets',
  'rate:tickets',
  'read:repairs',
  'reply:repairs',
  'write:service-requests',
  'read:appointments',
  'write:appointments',
  'read:inbox',
  'write:attachments',
  'read:quotes',
  'decide:quotes',
] as const;
const CUSTOMER_ADMIN = [
  ...CUSTOMER_USER,
  'write:locations',
  'import:assets',
  'read:users',
  'write:users',
  'write:customer-profile',
] as const;
const TECH = [
  'read:profile',
  'write:profile',
  'read:settings',
  'read:inbox',
  'write:attachments',
  'read:locations',
  'read:assets',
  'read:technicians',
  'read:tickets',
  'reply:tickets',
  'note:tickets',
  'read:canned-replies',
  'write:canned-replies',
  'write:tickets-status',
  'edit:tickets',
  'accept:tickets',
  'read:sla',
  'read:repairs',
  'reply:repairs',
  'note:repairs',
  'work:repairs',
  'read:parts',
  'reserve:parts',
  'read:quotes',
  'write:quotes',
  'read:appointments',
  'work:appointments',
  'read:schedules',
  'write:schedules',
  'raise:notifications',
  'read:notifications',
] as const;
const ENGINEER = [...TECH, 'read:failure-statistics', 'write:knowledge'] as const;
const AGENT = [
  'read:profile',
  'write:profile',
  'read:settings',
  'read:inbox',
  'write:attachments',
  'read:customers',
  'write:customers',
  'write:customer-profile',
  'read:technicians',
  'read:locations',
  'write:locations',
  'read:assets',
  'write:assets',
  'import:assets',
  'transfer:assets',
  'read:service-plans',
  'write:service-plans',
  'read:tickets',
  'write:tickets',
  'reply:tickets',
  'note:tickets',
  'read:canned-replies',
  'write:canned-replies',
  'share:canned-replies',
  'edit:tickets',
  'write:tickets-status',
  'assign:tickets',
  'merge:tickets',
  'read:sla',
  'read:repairs',
  'reply:repairs',
  'note:repairs',
  'write:repairs',
  'assign:repairs',
  'collect:repairs',
  'write:service-requests',
  'read:parts',
  'reserve:parts',
  'write:parts',
  'read:purchase-orders',
  'write:purchase-orders',
  'read:quotes',
  'write:quotes',
  'decide:quotes',
  'read:appointments',
  'write:appointments',
  'work:appointments',
  'read:schedules',
  'write:schedules',
  'read:workloads',
  'raise:notifications',
  'read:notifications',
  'read:reports',
  'read:failure-statistics',
] as const;
const ADMIN = [
  ...AGENT,
  'read:users',
  'write:users',
  'manage:users',
  'approve:registrations',
  'write:settings',
  'manage:notifications',
  'write:notification-templates',
  'read:audit-events',
  'rebuild:copies',
  'write:knowledge',
] as const;
const SUPER_ADMIN = [...ADMIN, 'manage:admins'] as const;

const table = { CUSTOMER_USER, CUSTOMER_ADMIN, AGENT, TECH, ENGINEER, ADMIN, SUPER_ADMIN } as const satisfies Record<
  Role,
  readonly string[]
>;

/** `verb:resource`, as route guards name it. */
export type Permission = (typeof table)[Role][number];

/** Every permission of a role, in the table's order. */
export const permissionsOf = (role: Role): readonly Permission[] => table[role];
export const roleMay = (role: Role, permission: Permission): boolean => permissionsOf(role).includes(permission);
