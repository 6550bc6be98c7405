import type { Caller } from '@riparo/shared/contracts/caller';
import { INCOMING_PAYMENT_STATUSES, type IncomingPaymentStatus } from '@riparo/shared/contracts/incoming-payments.events';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { findVisible } from './payment.access.js';
import type { IncomingPayments } from './payment.repository.js';
import { viewPayment } from './payment.view.js';

interface Filters {
  readonly status?: IncomingPaymentStatus;
  readonly repairId?: string;
  readonly customerId?: string;
  readonly refundToClear?: true;
}

export const listPaymentsQuery = pageQuery<Filters>(['createdAt'], {
  status: oneOf(INCOMING_PAYMENT_STATUSES),
  repairId: uuid(),
  customerId: uuid(),
  refundToClear: Joi.boolean()
    .valid(true)
    .description('A refund waits for an administrator: the repair refused it, or its money came back.'),
});

const filterOf = ({ customerId }: Caller, { status, repairId, customerId: asked, refundToClear }: Filters): object => {
  const scope = customerId === undefined ? [] : [{ customerId }];
  const wanted = Object.entries({ status, repairId, customerId: asked, refundToClear }).filter(([, value]) => value !== undefined);
  const all = [...scope, ...wanted.map(([field, value]) => ({ [field]: value }))];
  return all.length === 0 ? {} : { $and: all };
};

interface Deps {
  readonly payments: IncomingPayments;
}

/** `GET /payments`. */
export const listPayments =
  ({ payments }: Deps) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort } = query;
    const found = await payments.in(caller.tenantId).page({ filter: filterOf(caller, query), sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map((payment) => viewPayment(caller, payment)) });
  };

/** `GET /payments/:id`. */
export const getPayment =
  (deps: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(viewPayment(caller, await findVisible(deps, caller, id)));
