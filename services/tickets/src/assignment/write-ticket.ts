import type { Call } from '@riparo/shared/http/route';
import { DateTime } from 'luxon';
import { FILES_ENTRY, open, openEvents, ticketNumberOf, type Opening } from '../ticket/decide-open.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import type { TicketDraft, TicketState } from '../ticket/ticket.js';
import type { OpenTicketBody } from './describe-ticket.js';

/** Writes the ticket with its files, under the next number of the year. */
export type WriteTicket = (call: Call<OpenTicketBody>, opening: Opening) => Promise<TicketState>;

export const createWriteTicket =
  ({ tickets, rulesOf, attachFiles }: Pick<TicketDeps, 'tickets' | 'rulesOf' | 'attachFiles'>): WriteTicket =>
  async (call, opening) => {
    const { caller, body, now } = call;
    const { tenantId, userId } = caller;
    const rules = await rulesOf(tenantId);
    const stamp = stampOf(call);
    const year = DateTime.fromJSDate(now, { zone: rules.timeZone }).toFormat('yyyy');
    const subject = { type: 'TICKET' as const, id: opening.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    return attachFiles({ tenantId, userId, ids: body.attachmentIds, subject, now }, (files) => {
      const make = (sequence: number): TicketDraft => open({ ...opening, files }, ticketNumberOf(year, sequence), stamp, rules);
      return tickets.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    });
  };
