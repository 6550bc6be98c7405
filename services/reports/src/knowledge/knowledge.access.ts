import type { Caller } from '@riparo/shared/contracts/caller';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { isDesk } from '@riparo/shared/contracts/roles';
import { notFound } from '@riparo/shared/errors/common-errors';
import type { Repair } from '../replica/repair.js';
import type { Ticket } from '../replica/ticket.js';
import type { PresentCase } from './knowledge-case.js';
import { knowledgeNotFound } from './knowledge.errors.js';

export const isStaffCaller = ({ customerId }: Caller): boolean => customerId === undefined;
export const mayCurate = ({ role }: Caller): boolean => roleMay(role, 'write:knowledge');

/** Customers read what is published for them, staff read all. */
export const mayRead = (caller: Caller, { status, public: isPublic }: Pick<PresentCase, 'status' | 'public'>): boolean =>
  isStaffCaller(caller) || (status === 'PUBLISHED' && isPublic);

/** The case, or 404 when the caller may not read it. */
export const readable = <T extends Pick<PresentCase, 'status' | 'public'>>(caller: Caller, found: T | undefined): T => {
  if (found === undefined || !mayRead(caller, found)) throw knowledgeNotFound();
  return found;
};

interface Work {
  readonly customerId?: string;
  readonly assignedToUserId?: string;
  readonly isWaiting: boolean;
}
/** Customers see their own work, technicians what they have and what waits for somebody, the desk everything. */
const maySee = (caller: Caller, { customerId, assignedToUserId, isWaiting }: Work): boolean => {
  if (!isStaffCaller(caller)) return caller.customerId === customerId;
  return isDesk(caller.role) || assignedToUserId === caller.userId || isWaiting;
};

/** The ticket, or 404 when the caller may not see it. */
export const visibleTicket = <T extends Ticket>(caller: Caller, found: T | undefined): T => {
  const isWaiting = found !== undefined && found.active && found.assignedToUserId === undefined;
  if (found === undefined || !maySee(caller, { ...found, isWaiting })) throw notFound('ticket');
  return found;
};

/** The repair, or 404 when the caller may not see it. */
export const visibleRepair = <T extends Repair>(caller: Caller, found: T | undefined): T => {
  if (found === undefined || !maySee(caller, { ...found, isWaiting: found.active && !found.assigned })) throw notFound('repair');
  return found;
};
