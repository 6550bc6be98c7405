import type { TicketCategory, TicketPriority, TicketSource } from '@riparo/shared/contracts/enums';
import type { Call } from '@riparo/shared/http/route';
import { priorityPolicy } from '../ticket/sla/sla.js';
import type { Opening } from '../ticket/decide-open.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { planPolicyOf } from '../ticket/sla/plan-policy.js';
import { assetOf, checkLocation, customerOf, ticketSearchWords } from '../kernel/customer-and-device.js';
import type { Preference } from '../kernel/preferred-time.js';

export interface OpenTicketBody extends Preference {
  readonly title: string;
  readonly description: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly customerId?: string;
  readonly source?: TicketSource;
  readonly attachmentIds?: readonly string[];
}

/** Describes a new ticket: its facts and its SLA policy, from the request, the customer, the device and the plan. */
export type DescribeTicket = (call: Call<OpenTicketBody>) => Promise<Opening>;

export const createDescribeTicket =
  (deps: Pick<TicketDeps, 'replicas' | 'assetLookup' | 'rulesOf'>): DescribeTicket =>
  async ({ caller, body, ids, now }) => {
    const { tenantId, userId } = caller;
    const { customerId, customer } = await customerOf(deps, caller, body.customerId);
    const asset = body.assetId === undefined ? undefined : await assetOf(deps, tenantId, customerId, body.assetId);
    if (body.locationId !== undefined) await checkLocation(deps, tenantId, customerId, body.locationId);
    return {
      id: ids.next(),
      customerId,
      assetId: body.assetId,
      // Default: the device's location.
      locationId: body.locationId ?? asset?.locationId,
      createdByUserId: userId,
      title: body.title,
      description: body.description,
      category: body.category,
      priority: body.priority,
      source: body.source ?? (caller.customerId === undefined ? 'INTERNAL' : 'PORTAL'),
      policy: (await planPolicyOf(deps, tenantId, asset?.servicePlanId, now)) ?? priorityPolicy(body.priority),
      words: ticketSearchWords(body, customer, asset),
    };
  };
