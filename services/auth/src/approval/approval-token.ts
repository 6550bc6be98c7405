import { APPROVAL_AUDIENCE, type ApprovalClaims } from '@riparo/shared/http/approvals';
import { TOKEN_ISSUER } from '@riparo/shared/http/authenticate';
import jsonwebtoken from 'jsonwebtoken';
import type { SigningKeys } from '../signing-key/signing-keys.js';
import type { UserState } from '../user/user.js';

const LIFETIME_S = 5 * 60;

export interface Approval {
  readonly id: string;
  readonly tenantId: string;
  readonly approver: UserState;
  readonly requestedBy: string;
  readonly purpose: string;
  readonly subjectId: string;
  readonly now: Date;
}

export const mintApproval = async (
  keys: SigningKeys,
  approval: Approval,
): Promise<{ readonly approvalToken: string; readonly expiresAt: Date }> => {
  const { id, tenantId, approver, requestedBy, purpose, subjectId, now } = approval;
  const { kid, privateKey } = await keys.current();
  const iat = Math.floor(now.getTime() / 1000);
  const claims: ApprovalClaims & { readonly iat: number } = {
    jti: id,
    sub: approver.id,
    tenant: tenantId,
    name: approver.name,
    role: approver.role,
    ...(approver.customerId === undefined ? {} : { customer: approver.customerId }),
    epoch: approver.epoch,
    requestedBy,
    purpose,
    subjectId,
    typ: 'approval',
    iss: TOKEN_ISSUER,
    aud: APPROVAL_AUDIENCE,
    iat,
    exp: iat + LIFETIME_S,
  };
  return {
    approvalToken: jsonwebtoken.sign(claims, privateKey, { algorithm: 'RS256', keyid: kid }),
    expiresAt: new Date(claims.exp * 1000),
  };
};
