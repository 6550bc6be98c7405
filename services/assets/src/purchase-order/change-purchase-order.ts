import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Decision, Repository } from '@riparo/shared/persistence/repository';
import { partRetired } from '../part/part.errors.js';
import type { Part } from '../part/part.js';
import type { By } from '../part/stock/stock-change.js';
import { purchaseOrderNotFound } from './purchase-order.errors.js';
import { cancelOrder, editOrder, placeOrder, type PurchaseOrder } from './purchase-order.js';
import type { OrderEditInput } from './purchase-order.schema.js';
import { viewPurchaseOrder } from './purchase-order.view.js';
import { readLines } from './read-lines.js';
import type { TellPartsOfOrder } from './tell-parts.js';

export interface ChangeOrderDeps {
  readonly purchaseOrders: Repository<PurchaseOrder>;
  readonly parts: Repository<Part>;
  readonly tellPartsOfOrder: TellPartsOfOrder;
}
type OneCall<Body = unknown> = Call<Body, unknown, { id: string }>;

const find = async ({ purchaseOrders }: ChangeOrderDeps, { caller, params }: OneCall): Promise<PurchaseOrder> => {
  const order = await purchaseOrders.in(caller.tenantId).find(params.id);
  if (order === undefined) throw purchaseOrderNotFound();
  return order;
};

/** Writes what was decided of an order, and brings it into its parts. */
export const changeOrder = async (
  { purchaseOrders, tellPartsOfOrder }: ChangeOrderDeps,
  { caller: { tenantId, userId }, params: { id }, ifMatch, now }: OneCall,
  decide: (order: PurchaseOrder, by: By) => Decision<PurchaseOrder>,
): Promise<Reply> => {
  const by = { at: now, userId };
  const order = await purchaseOrders.in(tenantId).update(id, (before) => decide(before, by), { ifMatch });
  if (order === undefined) throw purchaseOrderNotFound();
  return ok(viewPurchaseOrder(await tellPartsOfOrder(tenantId, id, by)));
};

export const updatePurchaseOrder =
  (deps: ChangeOrderDeps) =>
  async (call: OneCall<OrderEditInput>): Promise<Reply> => {
    const { lines: inputs, ...edit } = call.body;
    const before = await find(deps, call);
    const lines = inputs && (await readLines(deps.parts, call.caller.tenantId, inputs, before.lines, call.ids));
    return changeOrder(deps, call, (order, by) => editOrder(order, lines === undefined ? edit : { ...edit, lines }, by));
  };

/** From now on its pieces are expected, and back orders learn their day. */
export const orderPurchaseOrder =
  (deps: ChangeOrderDeps) =>
  async (call: OneCall): Promise<Reply> => {
    const { lines, status } = await find(deps, call);
    const partIds = lines.map(({ partId }) => partId);
    const retired = await deps.parts.in(call.caller.tenantId).count({ id: { $in: partIds }, active: false });
    if (status === 'DRAFT' && retired > 0) throw partRetired();
    return changeOrder(deps, call, placeOrder);
  };

/** Nothing more comes of it; what has come stays. */
export const cancelPurchaseOrder =
  (deps: ChangeOrderDeps) =>
  (call: OneCall): Promise<Reply> =>
    changeOrder(deps, call, cancelOrder);
