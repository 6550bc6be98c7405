import type { SettingsChangedV1, UserEventV1 } from '@riparo/shared/contracts/auth.events';
import type { RepairEventV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { outcomesOf } from '../outcome/outcome.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import type { Replicas } from './replicas.js';
import { toRepair } from './repair.js';
import { toTicket } from './ticket.js';

export const followUser =
  ({ users }: Replicas): EventHandler<UserEventV1> =>
  async ({ tenantid, aggregateversion, data: { user } }) => {
    await users.in(tenantid).keep(user.id, aggregateversion, user);
  };

export const followSettings =
  ({ settings }: Replicas): EventHandler<SettingsChangedV1> =>
  async ({ tenantid, subject, aggregateversion, data }) => {
    await settings.in(tenantid).keep(subject, aggregateversion, data.settings);
  };

export interface FollowTicketDeps extends Pick<Replicas, 'tickets'> {
  readonly outcomes: OutcomeStore;
}

/** The ticket as it is now is kept by version; what came out of it, when and by whom, is kept for good. */
export const followTicket =
  ({ tickets, outcomes }: FollowTicketDeps): EventHandler<TicketEventV1> =>
  async (event) => {
    const { ticket } = event.data;
    await tickets.in(event.tenantid).keep(ticket.id, event.aggregateversion, toTicket(ticket));
    await outcomes.add(event.tenantid, outcomesOf(event));
  };

/** A repair has one outcome at most and keeps it: the copy itself is what happened and when. */
export const followRepair =
  ({ repairs }: Replicas): EventHandler<RepairEventV1> =>
  async ({ tenantid, aggregateversion, data: { repair } }) => {
    await repairs.in(tenantid).keep(repair.id, aggregateversion, toRepair(repair));
  };
