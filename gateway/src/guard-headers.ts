import { forwardedAddress } from '@riparo/shared/http/client-address';
import { currentContext } from '@riparo/shared/runtime/context';
import type { RequestHandler } from 'express';

/**
 * Headers with which a proxy vouches for a user, or with which a client makes a framework use another path or method.
 * Riparo trusts none of them. The gateway removes them, so that no service behind it can ever begin to trust them.
 */
const FORGED =
  /^(?:x-(?:user|tenant|customer|role|account|auth|authenticated|internal|remote-user|real-ip|client-ip|original|rewrite|http-method|method-override|forwarded|envoy)|forwarded$|remote-user$|via$)/;

/** Headers that concern only the connection from the client to the gateway (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'] as const;

/**
 * Sets the headers that services get about a request: its id, its trace, and the client's address, protocol and host as
 * the gateway saw them.
 */
export const guardHeaders: RequestHandler = (request, _response, next) => {
  const { headers, protocol } = request;
  const address = forwardedAddress(request);
  // HTTP/1.0 requests may have no host.
  const host = request.host as string | undefined;
  for (const name of Object.keys(headers)) if (FORGED.test(name)) Reflect.deleteProperty(headers, name);
  for (const name of HOP_BY_HOP) Reflect.deleteProperty(headers, name);
  const context = currentContext();
  if (context !== undefined) {
    headers['x-request-id'] = context.requestId;
    if (context.traceparent !== undefined) headers.traceparent = context.traceparent;
  }
  headers['x-forwarded-for'] = address;
  headers['x-forwarded-proto'] = protocol;
  if (host !== undefined) headers['x-forwarded-host'] = host;
  next();
};
