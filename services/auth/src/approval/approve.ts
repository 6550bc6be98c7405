import { isStaff } from '@riparo/shared/contracts/roles';
import { forbidden } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { email, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { AuditTrail } from '../audit/audit-trail.js';
import { givenPassword } from '../password/password.schema.js';
import type { Credentials } from '../session/credentials.js';
import { invalidCredentials } from '../session/session.errors.js';
import type { SignInRefusal } from '../session/sign-in-refusal.js';
import type { SigningKeys } from '../signing-key/signing-keys.js';
import { mintApproval } from './approval-token.js';

interface Body {
  /** Somebody else than the caller: a customer who signs on the technician's device. */
  readonly email?: string;
  readonly password: string;
  readonly purpose: string;
  readonly subjectId: string;
}

export const approveInput = {
  body: Joi.object<Body>({
    email: email(),
    password: givenPassword().required(),
    purpose: Joi.string()
      .pattern(/^[a-z][a-z0-9:-]{1,59}$/)
      .required()
      .messages({ 'string.pattern.base': 'must be small letters, digits, ":" and "-", such as sign:work-report' }),
    subjectId: uuid().required(),
  }),
};

interface Deps {
  readonly credentials: Credentials;
  readonly refusal: SignInRefusal;
  readonly keys: SigningKeys;
  readonly trail: AuditTrail;
}

/** A password given anew for one purpose and one subject, within the next five minutes. */
export const approve =
  ({ credentials, refusal, keys, trail }: Deps) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { caller, body, now, ip, ids } = call;
    const { tenantId, userId } = caller;
    const { email: other, password, purpose, subjectId } = body;
    if (other !== undefined && other !== caller.email && !isStaff(caller.role))
      throw forbidden('Only staff can have somebody else approve on their device.');
    const details = { purpose, subjectId };
    const failed = (approverId: string | undefined): Promise<void> =>
      trail.record(tenantId, call, {
        type: 'APPROVAL_FAILED',
        details,
        ...(approverId === undefined ? {} : { subjectUserId: approverId }),
      });
    const given = { tenantId, email: other ?? caller.email, password, purpose: 'approval', ip, onWrong: failed };
    const approver = await credentials.check(given);
    if ((await refusal(tenantId, approver)) !== undefined) {
      await failed(approver.id);
      throw invalidCredentials();
    }
    const answer = await mintApproval(keys, { id: ids.next(), tenantId, approver, requestedBy: userId, purpose, subjectId, now });
    await trail.record(tenantId, call, { type: 'APPROVAL_GIVEN', subjectUserId: approver.id, details });
    return ok({ ...answer, approvedBy: { id: approver.id, name: approver.name } });
  };
