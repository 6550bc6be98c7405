import jsonwebtoken from 'jsonwebtoken';
import { DomainError } from '../errors/domain-error.js';
import type { SpentApprovals } from '../persistence/spent-approvals.js';
import type { Clock } from '../runtime/clock.js';
import { TOKEN_ISSUER } from './authenticate.js';
import type { KeySource } from './key-source.js';
import type { RevocationList } from './revocations.js';

/** `aud` of approvals. Access tokens have another `aud`, so neither token passes for the other. */
export const APPROVAL_AUDIENCE = 'riparo-approval';

/** Claims of an approval: a user confirmed one action with the password a moment ago. RS256, signed with the keys of access tokens. */
export interface ApprovalClaims {
  /** Id of the approval. It can be used once. */
  readonly jti: string;
  /** Who approved. */
  readonly sub: string;
  readonly tenant: string;
  readonly name: string;
  readonly role: string;
  readonly customer?: string;
  /** The approver's epoch: an approval ends when the approver's sessions end. */
  readonly epoch: number;
  /** The user on whose device the approval was given; often the approver. */
  readonly requestedBy: string;
  readonly purpose: string;
  /** Id of the thing that was approved: a ticket, a repair … */
  readonly subjectId: string;
  readonly typ: 'approval';
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** What an approval must be for; `redeem` compares it with the claims. */
export interface ApprovalDemand {
  readonly tenantId: string;
  /** The caller's id: an approval works only for the user who asked for it. */
  readonly requestedBy: string;
  /** For instance `sign:work-report`. */
  readonly purpose: string;
  readonly subjectId: string;
  /**
   * Names this use, for example an id from `call.ids`. The same use may redeem the approval again: a request that is
   * repeated after a crash works.
   */
  readonly use: string;
}

/** Who approved. */
export interface Approver {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly customerId?: string;
  /** Kept in the record of the approved action. */
  readonly approvalId: string;
}

/** Accepts tokens of `POST /auth/approvals`. */
export interface Approvals {
  /**
   * Spends an approval and returns the approver. Throws 422 `APPROVAL_NOT_VALID` when the approval is forged, expired,
   * revoked, or for another action, subject or caller; throws 409 `APPROVAL_ALREADY_USED` for a second use. Call it last
   * before the write: when the use case refuses after `redeem`, the approval is spent all the same.
   */
  redeem(token: string, demand: ApprovalDemand): Promise<Approver>;
}

export interface ApprovalsOptions {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly revocations: RevocationList;
  readonly spent: SpentApprovals;
}

const notValid = (): DomainError =>
  new DomainError('invalid', 'APPROVAL_NOT_VALID', 'This approval is not valid for this, or has expired. Ask for a new one.', {
    errors: [{ path: 'approvalToken', message: 'is not valid for this, or has expired' }],
  });

const alreadyUsed = (): DomainError =>
  new DomainError('conflict', 'APPROVAL_ALREADY_USED', 'This approval was used before. Ask for a new one.');

const TEXT_CLAIMS = ['jti', 'sub', 'tenant', 'name', 'role', 'requestedBy', 'purpose', 'subjectId'] as const;

const isApproval = (value: unknown): value is ApprovalClaims => {
  const claims = value as Partial<Record<keyof ApprovalClaims, unknown>>;
  return (
    claims.typ === 'approval' &&
    TEXT_CLAIMS.every((name) => typeof claims[name] === 'string') &&
    Number.isSafeInteger(claims.epoch) &&
    // The store of spent approvals drops an entry at `exp`; without `exp` it would keep the entry for ever.
    typeof claims.exp === 'number'
  );
};

const verified = async (token: string, { keys, clock }: ApprovalsOptions): Promise<ApprovalClaims> => {
  try {
    const header = jsonwebtoken.decode(token, { complete: true })?.header;
    const key = header?.alg === 'RS256' && typeof header.kid === 'string' ? await keys.find(header.kid) : undefined;
    if (key === undefined) throw notValid();
    const clockTimestamp = Math.floor(clock.now().getTime() / 1000);
    const checks = { algorithms: ['RS256' as const], audience: APPROVAL_AUDIENCE, issuer: TOKEN_ISSUER, clockTimestamp };
    const claims: unknown = jsonwebtoken.verify(token, key, checks);
    if (!isApproval(claims)) throw notValid();
    return claims;
  } catch (error) {
    // `decode` throws a SyntaxError when the token holds no JSON.
    if (error instanceof jsonwebtoken.JsonWebTokenError || error instanceof SyntaxError) throw notValid();
    throw error;
  }
};

export const createApprovals = (options: ApprovalsOptions): Approvals => ({
  redeem: async (token, { tenantId, requestedBy, purpose, subjectId, use }) => {
    const claims = await verified(token, options);
    const fits =
      claims.tenant === tenantId && claims.requestedBy === requestedBy && claims.purpose === purpose && claims.subjectId === subjectId;
    // An approval belongs to no session; only a higher epoch of the approver ends it.
    if (!fits || options.revocations.isRevoked({ tenantId, userId: claims.sub, sessionId: '', epoch: claims.epoch })) throw notValid();
    if (!(await options.spent.spend(claims.jti, use, new Date(claims.exp * 1000)))) throw alreadyUsed();
    const { sub, name, role, customer, jti } = claims;
    return { userId: sub, name, role, ...(customer === undefined ? {} : { customerId: customer }), approvalId: jti };
  },
});
