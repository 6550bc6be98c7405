import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Replicas } from '../replica/replicas.js';
import type { AskWork } from './ask-work.js';

/** What a quote is for. Exactly one of the two is there. */
export interface WorkId {
  readonly repairId?: string;
  readonly ticketId?: string;
}

/** Of quotes: those for this work. */
export const workFilter = ({ repairId, ticketId = '' }: WorkId): WorkId => (repairId === undefined ? { ticketId } : { repairId });

/** A repair or a ticket, as far as quotes care. */
export interface Work extends WorkId {
  readonly number: string;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly assignedToUserId?: string;
  readonly device?: { readonly brand: string; readonly model: string; readonly serialNumber: string };
  /** In which the repair is paid; tickets have none. */
  readonly currency?: string;
  /** What the customer pays when it is not repaired, as agreed at the intake. */
  readonly refusalFee?: Money;
  /** What the customer reported. */
  readonly problem: string;
  readonly status: string;
  /** Nothing is left to do, so that nothing can be quoted or accepted. */
  readonly isOver: boolean;
}

const ENDED: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'READY_FOR_PICKUP', 'CANCELED', 'CLOSED'];

export const repairWork = (repair: PublishedRepair): Work => {
  const { id, number, customerId, contactUserId, assignedToUserId, device, refusalFee, problemDescription: problem, status } = repair;
  const { brand, model, serialNumber } = device;
  const shown = { brand, model, serialNumber };
  return compact({
    repairId: id,
    number,
    customerId,
    contactUserId,
    assignedToUserId,
    device: shown,
    currency: repair.amountDue.currency,
    refusalFee,
    problem,
    status,
    isOver: ENDED.includes(status),
  });
};

export const ticketWork = (ticket: PublishedTicket): Work => {
  const { id, ticketNumber: number, customerId, createdByUserId, assignedToUserId, title: problem, status, mergedIntoId } = ticket;
  const isOver = status === 'RESOLVED' || status === 'CLOSED' || mergedIntoId !== undefined;
  return compact({ ticketId: id, number, customerId, contactUserId: createdByUserId, assignedToUserId, problem, status, isOver });
};

/**
 * Finds the repair or the ticket. Where the copy is missing or `accepts` refuses it, the tickets service is asked: what
 * happened there a moment ago may not have arrived yet. `undefined`: there is no such work.
 */
export type FindWork = (tenantId: string, id: WorkId, accepts?: (work: Work) => boolean) => Promise<Work | undefined>;

export const createFindWork = ({ repairs, tickets }: Replicas, askWork: AskWork): FindWork => {
  const find = async <T extends object>(
    replica: Replica<T>,
    ask: (tenantId: string, id: string) => Promise<T | undefined>,
    tenantId: string,
    id: string,
    { toWork, accepts }: { toWork: (found: T) => Work; accepts: (work: Work) => boolean },
  ): Promise<Work | undefined> => {
    const known = await replica.in(tenantId).find(id);
    const work = known && toWork(known);
    if (work !== undefined && accepts(work)) return work;
    const fresh = await ask(tenantId, id);
    return fresh && toWork(fresh);
  };
  return (tenantId, { repairId, ticketId = '' }, accepts = () => true) =>
    repairId === undefined
      ? find(tickets, askWork.ticket, tenantId, ticketId, { toWork: ticketWork, accepts })
      : find(repairs, askWork.repair, tenantId, repairId, { toWork: repairWork, accepts });
};

const nameOf = ({ repairId }: WorkId): 'repair' | 'ticket' => (repairId === undefined ? 'ticket' : 'repair');

export const workNotFound = (id: WorkId): DomainError => notFound(nameOf(id));

/** The repair or ticket has ended. */
export const workIsOver = (work: Work): DomainError => {
  const name = nameOf(work);
  return new DomainError(
    'conflict',
    name === 'repair' ? 'REPAIR_WORK_ENDED' : 'TICKET_WORK_ENDED',
    `The ${name} ${work.number} is ${work.status}: the work on it has ended.`,
    {
      extra: { current: work.status },
    },
  );
};
