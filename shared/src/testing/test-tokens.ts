import { generateKeyPairSync, randomUUID, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { DEFAULT_TENANT, type Caller } from '../contracts/caller.js';
import { isCustomerRole, type Role } from '../contracts/roles.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, type AccessClaims } from '../http/authenticate.js';
import { createStaticKeySource, type KeySource } from '../http/key-source.js';
import type { Clock } from '../runtime/clock.js';

export const TEST_KID = 'test-key';

/** Plays auth in tests of other services: a key of its own, and tokens for any caller. */
export interface TestTokens {
  readonly keys: KeySource;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** A complete caller from the fields that matter to the test. */
  readonly callerOf: (part: Partial<Caller> & { readonly role: Role }) => Caller;
  /** An access token; `claims` overrides single claims, for forged and outdated tokens. */
  readonly tokenFor: (caller: Partial<Caller> & { readonly role: Role }, claims?: Partial<Record<keyof AccessClaims, unknown>>) => string;
}

const LIFETIME_S = 24 * 60 * 60;

const fillCaller = (part: Partial<Caller> & { readonly role: Role }): Caller => ({
  tenantId: DEFAULT_TENANT,
  userId: randomUUID(),
  name: `A ${part.role}`,
  email: `${part.role.toLowerCase()}@example.test`,
  sessionId: randomUUID(),
  ...(isCustomerRole(part.role) ? { customerId: randomUUID() } : {}),
  ...part,
});

// To make a key pair takes up to half a second and the pair never changes, so a mocha process makes one.
let keyPair: KeyPairKeyObjectResult | undefined;

export const createTestTokens = (clock: Clock): TestTokens => {
  const { privateKey, publicKey } = (keyPair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  return {
    privateKey,
    publicKey,
    keys: createStaticKeySource(() => new Map([[TEST_KID, publicKey]])),
    callerOf: fillCaller,
    tokenFor: (part, claims = {}) => {
      const caller = fillCaller(part);
      const iat = Math.floor(clock.now().getTime() / 1000);
      const payload = {
        sub: caller.userId,
        tenant: caller.tenantId,
        role: caller.role,
        ...(caller.customerId === undefined ? {} : { customer: caller.customerId }),
        name: caller.name,
        email: caller.email,
        sid: caller.sessionId,
        epoch: 1,
        typ: 'access',
        iss: TOKEN_ISSUER,
        aud: TOKEN_AUDIENCE,
        iat,
        exp: iat + LIFETIME_S,
        ...claims,
      };
      return jsonwebtoken.sign(payload, privateKey, { algorithm: 'RS256', keyid: TEST_KID });
    },
  };
};
