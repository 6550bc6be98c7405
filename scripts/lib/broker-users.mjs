/** The variable with the password of a service's own user of the broker: `AMQP_PASSWORD_AUTH`. */
export const passwordVariable = (service) => `AMQP_PASSWORD_${service.toUpperCase().replaceAll('-', '_')}`;

/** `url` with the service's own user where it has one. */
export const amqpUrlOf = (service, url, env) => {
  const password = env[passwordVariable(service)];
  if (!password) return url;
  const own = new URL(url);
  own.username = service;
  own.password = encodeURIComponent(password);
  return own.href;
};
