import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { pieces } from '@riparo/shared/http/price-line-schema';
import type { Call, Reply } from '@riparo/shared/http/route';
import { moneyOrMinorUnits, uuid } from '@riparo/shared/http/schemas';
import { changeOrder, type ChangeOrderDeps } from './change-purchase-order.js';
import { noSuchLines } from './purchase-order.errors.js';
import { receiveLines, type PurchaseOrder, type Receipt } from './purchase-order.js';

interface ReceivedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly cost?: Money | number;
}
interface ReceiveOrder {
  readonly lines: readonly ReceivedLine[];
}
export const receiveOrderBody = Joi.object<ReceiveOrder>({
  lines: Joi.array()
    .items(
      Joi.object<ReceivedLine>({
        lineId: uuid().required(),
        quantity: pieces().required(),
        cost: moneyOrMinorUnits().description('What one piece has cost; default: as ordered.'),
      }),
    )
    .min(1)
    .max(200)
    .unique('lineId')
    .required(),
});

type Stamp = Pick<Receipt, 'at' | 'byUserId'> & { readonly ids: readonly string[] };

/** Throws 422 with every fault. */
const receiptsOf = (order: PurchaseOrder, received: readonly ReceivedLine[], { ids, ...stamp }: Stamp): readonly Receipt[] => {
  const faults: FieldFault[] = [];
  const receipts = received.flatMap(({ lineId, quantity, cost }, index) => {
    const line = order.lines.find(({ id }) => id === lineId);
    if (line === undefined) {
      faults.push({ path: `lines.${index}.lineId`, message: 'is no line of this order' });
      return [];
    }
    const { currency } = line.cost;
    if (typeof cost === 'object' && cost.currency !== currency)
      faults.push({ path: `lines.${index}.cost`, message: `must be in ${currency}` });
    const amount = typeof cost === 'object' ? cost.amount : (cost ?? line.cost.amount);
    return [{ ...stamp, id: ids[index] as string, lineId, partId: line.partId, quantity, cost: { amount, currency } }];
  });
  if (faults.length > 0) throw noSuchLines(faults);
  return receipts;
};

/** Pieces go onto the shelf, and to back orders first, the oldest first. */
export const receivePurchaseOrder =
  (deps: ChangeOrderDeps) =>
  (call: Call<ReceiveOrder, unknown, { id: string }>): Promise<Reply> => {
    const { body, ids, now, caller } = call;
    const stamp = { at: now, byUserId: caller.userId, ids: body.lines.map(() => ids.next()) };
    return changeOrder(deps, call, (order, by) => receiveLines(order, receiptsOf(order, body.lines, stamp), by));
  };
