import Joi from 'joi';
import { defineConfig, secretKey, type ConfigKey } from '../../config/load-config.js';
import { httpKeys } from '../../config/process-keys.js';
import { TOPOLOGY, type ServiceName } from '../../contracts/topology.js';

const SERVICES = Object.keys(TOPOLOGY) as readonly ServiceName[];
const variableOf = (service: ServiceName): string => `AMQP_PASSWORD_${service.toUpperCase().replaceAll('-', '_')}`;

const passwords: Readonly<Record<string, ConfigKey<string>>> = Object.fromEntries(
  SERVICES.map((service) => [
    variableOf(service),
    secretKey<string>(Joi.string().min(16).required(), `Password of the broker's user "${service}", at least 16 characters`),
  ]),
);

/** Keys of the process that makes the users of the broker. */
export const brokerUsersKeys = {
  LOG_LEVEL: httpKeys(0).LOG_LEVEL,
  BROKER_API_URL: secretKey<string>(
    Joi.string()
      .uri({ scheme: ['http', 'https'] })
      .required(),
    'Management API of RabbitMQ with a user who may do everything, such as http://riparo:password@rabbitmq:15672',
  ),
  ...passwords,
};

export const configuration = defineConfig(brokerUsersKeys, process.env);

/** The passwords by service. */
export const passwordsIn = (config: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(SERVICES.map((service) => [service, String(config[variableOf(service)])]));
