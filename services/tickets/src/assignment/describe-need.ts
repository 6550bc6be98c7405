import type { TicketCategory } from '@riparo/shared/contracts/enums';
import type { Replicas } from '../replica/replicas.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { Need } from '../technician/choose-technician.js';

/** Facts about a ticket, a repair or an appointment on which the choice of a technician depends. */
export interface Errand {
  /** Id of the ticket or repair. */
  readonly id: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  /** The skill that the errand needs; missing: any technician will do. */
  readonly category?: TicketCategory;
  /** Technicians who gave the errand back and must not be chosen again. */
  readonly declinedBy?: readonly string[];
}

interface Deps {
  readonly tickets: Tickets;
  readonly replicas: Replicas;
  readonly rulesOf: RulesOf;
}

const isText = (value: string | undefined): value is string => value !== undefined && value !== '';

/** The regions of the work: of the ticket's location, or else of the customer's address. */
const regionsOf = async ({ replicas }: Deps, tenantId: string, { customerId, locationId }: Errand): Promise<readonly string[]> => {
  const location = locationId === undefined ? undefined : await replicas.locations.find(tenantId, locationId);
  const place = location ?? (await replicas.customers.find(tenantId, customerId));
  return [place?.city, place?.state, place?.country].filter(isText);
};

export const describeNeed = async (deps: Deps, tenantId: string, errand: Errand, now: Date): Promise<Need> => {
  const [regions, { timeZone }] = await Promise.all([regionsOf(deps, tenantId, errand), deps.rulesOf(tenantId)]);
  return { category: errand.category ?? 'OTHER', regions, excluded: errand.declinedBy ?? [], timeZone, now };
};

const servedBy = ({ resolvedByUserId, assignedToUserId }: TicketState): string | undefined => resolvedByUserId ?? assignedToUserId;

/** How many of a customer's or device's last tickets are read. */
const LOOK_BACK = 5;

/** Adds who last served the device and the customer. It is read only when there is a choice to make. */
export const withHistory = async ({ tickets }: Deps, tenantId: string, errand: Errand, need: Need): Promise<Need> => {
  const last = async (filter: { assetId: string } | { customerId: string }): Promise<string | undefined> => {
    const recent = await tickets.in(tenantId).list(filter, { sort: { createdAt: -1, id: -1 }, limit: LOOK_BACK });
    return recent
      .filter(({ id }) => id !== errand.id)
      .map(servedBy)
      .find(isText);
  };
  const [lastForAsset, lastForCustomer] = await Promise.all([
    errand.assetId === undefined ? undefined : last({ assetId: errand.assetId }),
    last({ customerId: errand.customerId }),
  ]);
  return { ...need, lastForAsset, lastForCustomer };
};
