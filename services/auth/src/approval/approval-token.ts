import { TOKEN_ISSUER } from '@riparo/shared/http/authenticate';
import jsonwebtoken from 'jsonwebtoken';
import type { SigningKeys } from '../signing-key/signing-keys.js';
import type { UserState } from '../user/user.js';

/** No access token has it, so that neither passes for the other. */
export const APPROVAL_AUDIENCE = 'riparo-approval';
const LIFETIME_S = 5 * 60;

/** What somebody said yes to by giving their password a moment ago; RS256, signed with the keys of access tokens. */
export interface ApprovalClaims {
  /** For single use: whoever accepts the approval remembers it until `exp`. */
  readonly jti: string;
  /** Who approved. */
  readonly sub: string;
  readonly tenant: string;
  readonly name: string;
  readonly role: string;
  readonly customer?: string;
  /** Whose device it was given on, when it was another's. */
  readonly requestedBy: string;
  readonly purpose: string;
  /** What was approved: a ticket, a repair… */
  readonly subjectId: string;
  readonly typ: 'approval';
  readonly iss: string;
  readonly aud: string;
  readonly exp: number;
}

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
