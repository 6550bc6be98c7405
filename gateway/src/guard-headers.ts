import { currentContext } from '@riparo/shared/runtime/context';
import type { RequestHandler } from 'express';

/**
 * Headers by which some proxy might vouch for somebody, or a framework might be talked into another path or method.
 * Riparo believes none of them; they end here, so that nothing behind can ever begin to.
 */
const FORGED =
  /^(?:x-(?:user|tenant|customer|role|account|auth|authenticated|internal|remote-user|real-ip|client-ip|original|rewrite|http-method|method-override|forwarded|envoy)|forwarded$|remote-user$|via$)/;

/** Meant for the connection to us, not for the one to a service (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'] as const;

/** What services are told about the request: its id, its trace, and the client as the gateway saw it. */
export const guardHeaders: RequestHandler = (request, _response, next) => {
  const { headers, ip, protocol } = request;
  // HTTP/1.0 needs none.
  const host = request.host as string | undefined;
  for (const name of Object.keys(headers)) if (FORGED.test(name)) Reflect.deleteProperty(headers, name);
  for (const name of HOP_BY_HOP) Reflect.deleteProperty(headers, name);
  const context = currentContext();
  if (context !== undefined) {
    headers['x-request-id'] = context.requestId;
    if (context.traceparent !== undefined) headers.traceparent = context.traceparent;
  }
  if (ip !== undefined) headers['x-forwarded-for'] = ip;
  headers['x-forwarded-proto'] = protocol;
  if (host !== undefined) headers['x-forwarded-host'] = host;
  next();
};
