import jsonwebtoken from 'jsonwebtoken';
import { DomainError } from '../errors/domain-error.js';
import type { SpentApprovals } from '../persistence/spent-approvals.js';
import type { Clock } from '../runtime/clock.js';
import { TOKEN_ISSUER } from './authenticate.js';
import type { KeySource } from './key-source.js';
import type { RevocationList } from './revocations.js';

/** `aud` of approvals; no access token has it, so that neither passes for the other. */
export const APPROVAL_AUDIENCE = 'riparo-approval';

/** What somebody said yes to by giving their password a moment ago; RS256, signed with the keys of access tokens. */
export interface ApprovalClaims {
  /** For single use. */
  readonly jti: string;
  /** Who approved. */
  readonly sub: string;
  readonly tenant: string;
  readonly name: string;
  readonly role: string;
  readonly customer?: string;
  /** The approver's epoch: an approval ends with the sessions of who gave it. */
  readonly epoch: number;
  /** Whose device it was given on, often the approver's own. */
  readonly requestedBy: string;
  readonly purpose: string;
  /** What was approved: a ticket, a repair… */
  readonly subjectId: string;
  readonly typ: 'approval';
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** What an approval has to be for. */
export interface ApprovalDemand {
  readonly tenantId: string;
  /** The caller's id: an approval works only for who asked for it. */
  readonly requestedBy: string;
  /** For instance `sign:work-report`. */
  readonly purpose: string;
  readonly subjectId: string;
  /** Names this use, such as an id from `call.ids`: the same request repeated after a crash may use it again. */
  readonly use: string;
}

/** Who approved. */
export interface Approver {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly customerId?: string;
  /** For the record of what was approved. */
  readonly approvalId: string;
}

/** Accepts tokens of `POST /auth/approvals`. */
export interface Approvals {
  /**
   * Spends an approval and says who gave it. Throws 422 `APPROVAL_NOT_VALID` for one that is forged, expired, revoked or
   * for something or somebody else, and 409 `APPROVAL_ALREADY_USED`. Call it last before the write: a use that is refused
   * afterwards has cost the approval.
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
    // Without an end it would never leave the memory of spent ones.
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
    // `decode` throws a SyntaxError for what is not even JSON inside.
    if (error instanceof jsonwebtoken.JsonWebTokenError || error instanceof SyntaxError) throw notValid();
    throw error;
  }
};

export const createApprovals = (options: ApprovalsOptions): Approvals => ({
  redeem: async (token, { tenantId, requestedBy, purpose, subjectId, use }) => {
    const claims = await verified(token, options);
    const fits =
      claims.tenant === tenantId && claims.requestedBy === requestedBy && claims.purpose === purpose && claims.subjectId === subjectId;
    // An approval belongs to no session of the approver's; only the epoch can end it.
    if (!fits || options.revocations.isRevoked({ tenantId, userId: claims.sub, sessionId: '', epoch: claims.epoch })) throw notValid();
    if (!(await options.spent.spend(claims.jti, use, new Date(claims.exp * 1000)))) throw alreadyUsed();
    const { sub, name, role, customer, jti } = claims;
    return { userId: sub, name, role, ...(customer === undefined ? {} : { customerId: customer }), approvalId: jti };
  },
});
