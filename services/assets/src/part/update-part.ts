import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { refuseTakenSku } from './add-part.js';
import { editRevision, type PartEdit } from './catalogue.js';
import { partNotFound } from './part.errors.js';
import type { Part } from './part.js';
import { editedPartFields } from './part.schema.js';
import { viewPart } from './part.view.js';

export const updatePartBody = Joi.object<PartEdit>({ ...editedPartFields, active: Joi.boolean() }).min(1);

export const updatePart =
  ({ parts }: { readonly parts: Repository<Part> }) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<PartEdit, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const part = await parts
      .in(tenantId)
      .update(id, editRevision(body, ifMatch, { at: now, userId }))
      .catch(refuseTakenSku(parts, tenantId, { sku: body.sku ?? '' }));
    if (part === undefined) throw partNotFound();
    return ok(viewPart(part, caller));
  };
