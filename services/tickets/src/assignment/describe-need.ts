import type { TicketCategory } from '@riparo/shared/contracts/enums';
import type { Replicas } from '../replica/replicas.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { Need } from '../technician/choose-technician.js';

/** The part of a ticket (or of one about to be opened) that the choice depends on. */
export interface Job {
  readonly id: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly category: TicketCategory;
  readonly declinedBy: readonly string[];
}

interface Deps {
  readonly tickets: Tickets;
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
}

const isText = (value: string | undefined): value is string => value !== undefined && value !== '';

/** Where the work is: the ticket's location, else the customer's own address. */
const regionsOf = async ({ replicas }: Deps, tenantId: string, { customerId, locationId }: Job): Promise<readonly string[]> => {
  const location = locationId === undefined ? undefined : await replicas.locations.find(tenantId, locationId);
  const place = location ?? (await replicas.customers.find(tenantId, customerId));
  return [place?.city, place?.state, place?.country].filter(isText);
};

export const describeNeed = async (deps: Deps, tenantId: string, job: Job, now: Date): Promise<Need> => {
  const [regions, { timeZone }] = await Promise.all([regionsOf(deps, tenantId, job), deps.rulesOf(tenantId)]);
  return { category: job.category, regions, excluded: job.declinedBy, timeZone, now };
};

const servedBy = ({ resolvedByUserId, assignedToUserId }: TicketState): string | undefined => resolvedByUserId ?? assignedToUserId;

/** How far back a customer's tickets are looked through. */
const LOOK_BACK = 5;

/** Adds who last served the device and the customer; only asked for when there is a choice to make. */
export const withHistory = async ({ tickets }: Deps, tenantId: string, job: Job, need: Need): Promise<Need> => {
  const last = async (filter: { assetId: string } | { customerId: string }): Promise<string | undefined> => {
    const recent = await tickets.in(tenantId).list(filter, { sort: { createdAt: -1, id: -1 }, limit: LOOK_BACK });
    return recent
      .filter(({ id }) => id !== job.id)
      .map(servedBy)
      .find(isText);
  };
  const [lastForAsset, lastForCustomer] = await Promise.all([
    job.assetId === undefined ? undefined : last({ assetId: job.assetId }),
    last({ customerId: job.customerId }),
  ]);
  return { ...need, lastForAsset, lastForCustomer };
};
