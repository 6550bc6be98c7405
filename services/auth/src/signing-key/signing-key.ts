import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Jwk } from '@riparo/shared/http/key-source';

/** A key that signs access tokens, and how others find its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: Jwk;
}

/** RFC 7638: the same key has the same `kid` wherever it is computed. */
const thumbprint = ({ e, n }: { readonly e?: string; readonly n?: string }): string =>
  createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');

export const toSigningKey = (pem: string): SigningKey => {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'rsa') throw new Error('a key for access tokens must be an RSA key');
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = thumbprint(jwk);
  return { kid, privateKey, publicKey, jwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } };
};

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

/** One PEM block after the other; `\n` may be written as two characters, as environment files do. */
export const parsePrivateKeys = (text: string): readonly SigningKey[] => (text.replaceAll('\\n', '\n').match(PEM) ?? []).map(toSigningKey);
