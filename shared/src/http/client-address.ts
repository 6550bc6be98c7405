import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Some proxies write a port behind an address: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}|\[([^\]]+)\](?::\d{1,5})?)$/;

const addressIn = (text: string): string | undefined => {
  const match = WITH_PORT.exec(text);
  const address = match?.[1] ?? match?.[2] ?? text;
  return isIP(address) === 0 ? undefined : address;
};

const peerOf = ({ socket }: Request): string => socket.remoteAddress ?? '';

/**
 * The client's address, which trusted proxies tell in `X-Forwarded-For` (`TRUST_PROXY`). A text there that is no
 * address, such as `127.evil`, does not count: the address is then that of the connection.
 */
export const clientAddress = (request: Request): string => addressIn(request.ip ?? '') ?? peerOf(request);

/** The address for the next `X-Forwarded-For`. What was no address stays unknown, as in RFC 7239: the connection's own would vouch for it. */
export const forwardedAddress = (request: Request): string => addressIn(request.ip ?? '') ?? 'unknown';

/** `127.0.0.0/8`, also as `::ffff:127.0.0.1`, and `::1`. */
export const isLoopbackAddress = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i;

/** A `Host` header that names this machine: `localhost`, `127.0.0.1` or `[::1]`, with or without a port. */
export const isLoopbackHost = (header: string | undefined): boolean => {
  const name = HOST.exec(header ?? '')?.[1]?.toLowerCase();
  return name !== undefined && (name === 'localhost' || isLoopbackAddress(name.replace(/^\[|\]$/g, '')));
};

/**
 * Whether a person at this machine asks. The connection comes from the machine itself, no proxy on it speaks for
 * somebody else, and the page was asked for by a name of this machine: a web page of another name, which its owner
 * has pointed to 127.0.0.1 (DNS rebinding), is refused.
 */
export const isFromThisMachine = (request: Request): boolean =>
  isLoopbackAddress(peerOf(request)) &&
  isLoopbackAddress(request.ip ?? '') &&
  isLoopbackHost(request.headers.host) &&
  isLoopbackHost(request.host);
