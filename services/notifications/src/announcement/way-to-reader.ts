import type { Channel, Target } from '../notification/notification.js';
import type { Reader } from './audience.js';

export type Way = { readonly target: Target } | { readonly missing: string };

/** How a reader is reached on a channel. Addresses of accounts are looked up when it is sent. */
export const wayToReader = ({ userId, email, phone }: Reader, channel: Channel): Way => {
  if (channel === 'IN_APP') return userId === undefined ? { missing: 'has no account, so no inbox' } : { target: { kind: 'user', userId } };
  const address = channel === 'SMS' ? phone : email;
  if (address === undefined || address === '') return { missing: channel === 'SMS' ? 'has no phone number' : 'has no e-mail address' };
  if (userId !== undefined) return { target: { kind: 'user', userId } };
  return { target: channel === 'SMS' ? { kind: 'phone', phone: address } : { kind: 'email', email: address } };
};
