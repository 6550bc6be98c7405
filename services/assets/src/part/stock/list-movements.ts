import Joi from 'joi';
import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { partNotFound } from '../part.errors.js';
import type { Part } from '../part.js';
import type { FilePart } from './change-part.js';
import type { LedgerStore } from './ledger.store.js';
import type { StockMovement } from './stock-movement.js';

interface Paging {
  readonly page: number;
  readonly pageSize: number;
}
export const listMovementsQuery = Joi.object<Paging>({
  page: Joi.number().integer().min(1).max(100_000).default(1),
  pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

interface Deps {
  readonly parts: Repository<Part>;
  readonly ledger: LedgerStore;
  readonly filePart: FilePart;
}

const viewMovement = ({ unitCost, value: _value, ...movement }: StockMovement, { role }: Caller) => ({
  ...movement,
  ...(isDesk(role) ? { unitCost } : {}),
});

/** The ledger of a part, the newest movement first. */
export const listMovements =
  ({ parts, ledger, filePart }: Deps) =>
  async ({ caller, params: { id }, query: { page, pageSize } }: Call<unknown, Paging, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const part = await parts.in(tenantId).find(id);
    if (part === undefined) throw partNotFound();
    await filePart(tenantId, part);
    const found = await ledger.page(tenantId, id, page, pageSize);
    return list({ ...found, items: found.items.map((movement) => viewMovement(movement, caller)) });
  };
