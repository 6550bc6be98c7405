import Joi from 'joi';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { newPart, partAdded } from './catalogue.js';
import { skuTaken } from './part.errors.js';
import { keysOf, type Part, type PartFields } from './part.js';
import { newPartFields, type PartInput } from './part.schema.js';
import { viewPart } from './part.view.js';
import type { TenantCurrency } from './tenant-currency.js';

export const addPartBody = Joi.object<PartInput>(newPartFields);

/** Turns the refusal of the unique index into one that names the part which has the SKU. */
export const refuseTakenSku =
  (parts: Repository<Part>, tenantId: string, fields: Pick<PartFields, 'sku'>) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof DuplicateKeyError) || !error.fields.includes('skuKey')) throw error;
    const { skuKey } = keysOf({ compatibleWith: [], name: '', ...fields } as unknown as PartFields);
    throw skuTaken((await parts.in(tenantId).findOne({ skuKey }))?.id);
  };

interface Deps {
  readonly parts: Repository<Part>;
  readonly tenantCurrency: TenantCurrency;
}

/** A new part has no stock; pieces come by movements or by a purchase order. */
export const addPart =
  ({ parts, tenantCurrency }: Deps) =>
  async ({ caller, body, ids }: Call<PartInput>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const draft = newPart(ids.next(), body, await tenantCurrency(tenantId));
    const part = await parts
      .in(tenantId)
      .insert(draft, partAdded(userId))
      .catch(refuseTakenSku(parts, tenantId, body));
    return created(`/parts/${part.id}`, viewPart(part, caller));
  };
