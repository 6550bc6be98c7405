import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Today every IPv6 address that is routed between networks lies in here (RFC 4291, IANA). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address leads inside of this or another network, to no single machine, or nowhere: whatever is not known as
 * public. IPv4 in the clothes of IPv6 (mapped, compatible, NAT64, 6to4, Teredo) counts as inside, or as what it hides.
 */
export const isInside = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return true;
  const known = ipaddr.process(address);
  if (known.range() !== 'unicast') return true;
  return known.kind() === 'ipv6' && !known.match(GLOBAL_UNICAST);
};

/** The address in an URL that names one instead of a host. `URL` has written `http://2130706433/` as 127.0.0.1 by then. */
export const literalAddressOf = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? undefined : bare;
};
