import { createHash } from 'node:crypto';
import { addressKey } from '@riparo/shared/http/rate-limit';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';

/** Where and how a user has signed in before; apart from the user, whose version a sign-in must not raise. */
export interface SignInRecord extends Entity {
  readonly lastLoginAt: Date;
  /** As `addressKey` makes them, the most recent first; records of earlier versions hold whole addresses too. */
  readonly addresses: readonly string[];
  /** Hashes of the user agents, the most recent first. */
  readonly devices: readonly string[];
}

export interface SignInPlace {
  readonly ip: string;
  readonly userAgent?: string;
}

const REMEMBERED = 20;

const deviceOf = ({ userAgent = '' }: SignInPlace): string => createHash('sha256').update(userAgent).digest('base64url');

const put = (list: readonly string[], item: string): readonly string[] =>
  [item, ...list.filter((other) => other !== item)].slice(0, REMEMBERED);

/** `id` is the user's. */
export const firstSignIn = (id: string, place: SignInPlace, now: Date): Draft<SignInRecord> => ({
  id,
  lastLoginAt: now,
  addresses: [addressKey(place.ip)],
  devices: [deviceOf(place)],
});

export const signedIn = (record: SignInRecord, place: SignInPlace, now: Date): Decision<SignInRecord> => ({
  state: {
    ...record,
    lastLoginAt: now > record.lastLoginAt ? now : record.lastLoginAt,
    addresses: put(record.addresses.map(addressKey), addressKey(place.ip)),
    devices: put(record.devices, deviceOf(place)),
  },
});

export const isKnownAddress = (record: SignInRecord | undefined, ip: string): boolean =>
  record?.addresses.some((address) => addressKey(address) === addressKey(ip)) === true;

export const isKnownDevice = (record: SignInRecord | undefined, place: SignInPlace): boolean =>
  record?.devices.includes(deviceOf(place)) === true;
