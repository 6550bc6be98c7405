import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import { created } from '@riparo/shared/http/reply';
import { pieces } from '@riparo/shared/http/price-line-schema';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, moneyOrMinorUnits, oneOf, uuid } from '@riparo/shared/http/schemas';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import { inCurrency } from '../catalogue.js';
import { currencyOf, type Part } from '../part.js';
import { repairNotFound } from '../part.errors.js';
import { viewPart } from '../part.view.js';
import type { FindRepair } from '../reservation/find-repair.js';
import type { ChangePart } from './change-part.js';
import type { LedgerStore } from './ledger.store.js';
import { balanceStock } from './balance-stock.js';
import { move, type MoveInput } from './stock-change.js';

/** What the desk books by hand; CONSUMPTION comes from repairs. */
export const MANUAL_KINDS = ['RECEIPT', 'RETURN', 'SCRAP', 'ADJUSTMENT'] as const;

interface AddMovement {
  readonly kind: (typeof MANUAL_KINDS)[number];
  readonly quantity: number;
  readonly unitCost?: Money | number;
  readonly reason?: string;
  readonly repairId?: string;
}

const MOST = 10_000;
export const addMovementBody = Joi.object<AddMovement>({
  kind: oneOf(MANUAL_KINDS).required(),
  quantity: pieces(-MOST, MOST).invalid(0).required().description('Positive; of an ADJUSTMENT also negative: pieces that are missing.'),
  unitCost: moneyOrMinorUnits().description('RECEIPT: what one piece has cost; default: the cost of the part.'),
  reason: line(500).description('Required for an ADJUSTMENT.'),
  repairId: uuid().description('RETURN or SCRAP: the repair that the pieces come from.'),
});

const refuse = ({ kind, quantity, unitCost, reason, repairId }: AddMovement): void => {
  const faults = [
    ...(quantity < 0 && kind !== 'ADJUSTMENT' ? [{ path: 'quantity', message: `must be positive: ${kind} says the direction` }] : []),
    ...(reason === undefined && kind === 'ADJUSTMENT' ? [{ path: 'reason', message: 'is required' }] : []),
    ...(unitCost !== undefined && kind !== 'RECEIPT' ? [{ path: 'unitCost', message: 'is only for a RECEIPT' }] : []),
    ...(repairId !== undefined && kind !== 'RETURN' && kind !== 'SCRAP'
      ? [{ path: 'repairId', message: 'is only for a RETURN or a SCRAP' }]
      : []),
  ];
  if (faults.length > 0) throw invalidInput(faults);
};

const costOf = (part: Part, { kind, unitCost }: AddMovement): { readonly unitCost?: Money } => {
  if (kind !== 'RECEIPT') return {};
  return unitCost === undefined ? { unitCost: part.cost } : inCurrency({ unitCost }, currencyOf(part));
};

const inputOf = (id: string, part: Part, body: AddMovement): MoveInput => {
  const { kind, reason, repairId } = body;
  const quantity = kind === 'SCRAP' ? -body.quantity : body.quantity;
  return compact({ id, kind, quantity, reason, repairId, ...costOf(part, body) });
};

interface Deps {
  readonly changePart: ChangePart;
  readonly ledger: LedgerStore;
  readonly findRepair: FindRepair;
}

/** Answers the part after the movement. */
export const addMovement =
  ({ changePart, ledger, findRepair }: Deps) =>
  async ({ caller, params, body, ids, now }: Call<AddMovement, unknown, { id: string }>): Promise<Reply> => {
    refuse(body);
    const { tenantId, userId } = caller;
    if (body.repairId !== undefined && (await findRepair(tenantId, body.repairId)) === undefined) throw repairNotFound();
    const id = ids.next();
    const by = { at: now, userId };
    const part = await changePart(tenantId, params.id, async (before) =>
      (await ledger.known(tenantId, [id])).has(id)
        ? { state: before }
        : balanceStock(before, (change) => move(change, inputOf(id, before, body), by), by),
    );
    return created(`/parts/${part.id}/movements`, viewPart(part, caller));
  };
