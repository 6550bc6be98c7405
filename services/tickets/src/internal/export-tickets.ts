import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { ExportQuery } from '@riparo/shared/rebuild/export-page';
import { published } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { pageById } from './page-by-id.js';
import { stepsOf } from './steps-of.js';

/** All tickets with their steps, by id, for services that rebuild their replicas. */
export const exportTickets =
  ({ tickets }: { readonly tickets: Tickets }) =>
  async ({ query }: PublicCall<unknown, ExportQuery>): Promise<Reply> =>
    ok(
      await pageById(tickets.in(query.tenantId), query, (whole): ExportedTicket => ({
        ticket: published(whole),
        version: whole.version,
        steps: stepsOf(whole.activities),
        ...(whole.rating === undefined ? {} : { rating: { score: whole.rating.score, at: whole.rating.ratedAt.toISOString() } }),
      })),
    );
