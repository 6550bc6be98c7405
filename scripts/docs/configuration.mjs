import { allInOneKeys } from '../../all-in-one/dist/src/config.js';
import { gatewayKeys, upstreamKeys } from '../../gateway/dist/src/config.js';
import { assetsKeys } from '../../services/assets/dist/src/config.js';
import { authKeys } from '../../services/auth/dist/src/config.js';
import { notificationsKeys } from '../../services/notifications/dist/src/config.js';
import { reportsKeys } from '../../services/reports/dist/src/config.js';
import { billingKeys } from '../../services/billing/dist/src/config.js';
import { ticketsKeys } from '../../services/tickets/dist/src/config.js';
import { httpKeys, serviceKeys } from '../../shared/dist/src/config/process-keys.js';
import { brokerUsersKeys } from '../../shared/dist/src/composition/broker-users/config.js';
import { code, table } from './table.mjs';

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** A default as somebody would write it: a key that reads `24h` keeps milliseconds. */
const written = (schema, value) => {
  const texts = [`${value}`, ...Object.entries(UNITS).map(([unit, ms]) => `${Number(value) / ms}${unit}`)];
  return texts.find((text) => schema.validate(text).value === value) ?? `${value}`;
};

const defaultOf = ({ schema }) => {
  const { presence, default: value } = schema.describe().flags ?? {};
  if (presence === 'required') return '**must be set**';
  return value === undefined ? 'unset' : value === '' ? 'empty' : code(written(schema, value));
};

const keyTable = (keys) =>
  table(
    ['key', 'default', 'meaning'],
    Object.entries(keys).map(([name, entry]) => [
      `${code(name)}${entry.secret ? ' (secret)' : ''}`,
      defaultOf(entry),
      `${entry.description}.`,
    ]),
  );

const section = (title, text, keys) => `## ${title}\n\n${text}${keyTable(keys)}`;

const without = (keys, others) => Object.fromEntries(Object.entries(keys).filter(([name]) => !(name in others)));

const INTRODUCTION = `# Configuration

Environment variables, read once when a process starts. An empty one counts as unset. A process with a fault in its configuration does not start and lists all faults; \`--print-config\` shows every key with its value, where it comes from and what it means, without secrets (\`npm start -- --print-config\`).

A *secret* is never printed, and \`<KEY>_FILE\` may name a file that holds it instead.`;

/** docs/configuration.md: every key of every process. */
export const describeConfiguration = () =>
  [
    INTRODUCTION,
    section('One process (`npm start`)', '', allInOneKeys),
    section(
      'Every service as a process of its own',
      'Ports are 4101 for auth, 4102 for tickets, 4103 for assets, 4104 for notifications, 4105 for reports, 4106 for billing. Besides these each service has its own keys.\n\n',
      serviceKeys(4101),
    ),
    section('auth', '', authKeys),
    section('tickets', '', ticketsKeys),
    section('assets', '', assetsKeys),
    section('notifications', '', notificationsKeys),
    section('reports', '', reportsKeys),
    section('billing', '', billingKeys),
    section('broker-users (docker-compose.yml)', '', brokerUsersKeys),
    section('gateway as a process of its own', '', { ...without(httpKeys(8080), gatewayKeys), ...upstreamKeys, ...gatewayKeys }),
  ].join('\n\n');
