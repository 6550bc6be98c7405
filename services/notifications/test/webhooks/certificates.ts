import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate of its own key, as PEM. Made anew by each test, so that none can expire in the repository. */
export interface Certified {
  readonly name: string;
  readonly key: string;
  readonly cert: string;
  readonly privateKey: KeyObject;
}

export interface CertificateOptions {
  /** Of the holder; a host name, or the name of an authority. */
  readonly name: string;
  /** Who signs; missing: the certificate signs itself. */
  readonly by?: Certified;
  readonly isAuthority?: boolean;
  readonly validUntil?: Date;
}

const DAY_MS = 86_400_000;

/** Bytes in the form of X.690: tag, length, content. */
const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const digits: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) digits.unshift(rest & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | digits.length, ...digits];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

const [ECDSA_SHA256, COMMON_NAME, ALTERNATIVE_NAME, CONSTRAINTS] = ['2a8648ce3d040302', '550403', '551d11', '551d13'].map(objectId) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];
const TRUE = der(0x01, Buffer.from([0xff]));

const nameOf = (name: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));

/** RFC 5280, with what a client looks at: names, days, and who may sign for others. */
export const certify = ({ name, by, isAuthority = false, validUntil = new Date(Date.now() + DAY_MS) }: CertificateOptions): Certified => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = sequence(
    sequence(ALTERNATIVE_NAME, octets(sequence(der(0x82, Buffer.from(name))))),
    sequence(CONSTRAINTS, TRUE, octets(sequence(...(isAuthority ? [TRUE] : [])))),
  );
  const algorithm = sequence(ECDSA_SHA256);
  const told = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    nameOf(by?.name ?? name),
    sequence(time(new Date(Date.now() - 10 * DAY_MS)), time(validUntil)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', told, by?.privateKey ?? privateKey);
  const whole = sequence(told, algorithm, der(0x03, Buffer.from([0]), signature)).toString('base64');
  return {
    name,
    privateKey,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, '$&\n').trim()}\n-----END CERTIFICATE-----\n`,
  };
};
