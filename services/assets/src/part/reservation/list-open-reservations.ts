import Joi from 'joi';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import { inPart, isFor, type Purpose } from './reservation.js';

interface Query {
  /** Service tokens carry no tenant, so the asking service names it. */
  readonly tenantId: string;
  readonly repairId?: string;
  readonly workReportId?: string;
}
export const openReservationsQuery = Joi.object<Query>({
  tenantId: Joi.string().max(64).default(DEFAULT_TENANT),
  repairId: uuid(),
  workReportId: uuid(),
}).xor('repairId', 'workReportId');

/** One repair or report has fewer different parts. */
const MAX_PARTS = 1_000;

const openOf = (of: Purpose, part: Part) =>
  part.reservations
    .filter((one) => isFor(one, of))
    .map(({ id, quantity, state, unitPrice, vatRate = part.vatRate, charge }) =>
      compact({
        id,
        partId: part.id,
        sku: part.sku,
        name: part.name,
        quantity,
        state,
        unitPrice,
        vatRate,
        charge,
        warrantyMonths: part.warrantyMonths,
      }),
    );

/** What is reserved for a repair or a work report at this moment, for the end of its work; nothing of what it costs the centre. */
export const listOpenReservations =
  ({ parts }: { readonly parts: Repository<Part> }) =>
  async ({ query: { tenantId, ...of } }: PublicCall<unknown, Query>): Promise<Reply> => {
    const reserved = await parts.in(tenantId).list(inPart(of), { sort: { id: 1 }, limit: MAX_PARTS });
    return ok(reserved.flatMap((part) => openOf(of, part)));
  };
