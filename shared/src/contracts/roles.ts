/** The roles of users. See docs/glossary.md. */
export const ROLES = ['CUSTOMER_USER', 'CUSTOMER_ADMIN', 'AGENT', 'TECH', 'ENGINEER', 'ADMIN', 'SUPER_ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work for the centre. A person who registers for one of them needs approval. */
export const STAFF_ROLES = ['AGENT', 'TECH', 'ENGINEER', 'ADMIN', 'SUPER_ADMIN'] as const satisfies readonly Role[];
/** Roles that tickets and repairs are assigned to. */
export const TECHNICIAN_ROLES = ['TECH', 'ENGINEER'] as const satisfies readonly Role[];
/** Roles that belong to a customer. They see the things of that customer alone. */
export const CUSTOMER_ROLES = ['CUSTOMER_USER', 'CUSTOMER_ADMIN'] as const satisfies readonly Role[];

const includes = (list: readonly Role[], role: Role): boolean => list.includes(role);

export const isStaff = (role: Role): boolean => includes(STAFF_ROLES, role);
export const isTechnician = (role: Role): boolean => includes(TECHNICIAN_ROLES, role);
export const isCustomerRole = (role: Role): boolean => includes(CUSTOMER_ROLES, role);
/** AGENT, ADMIN and SUPER_ADMIN see and change the things of every customer. */
export const isDesk = (role: Role): boolean => role === 'AGENT' || role === 'ADMIN' || role === 'SUPER_ADMIN';
