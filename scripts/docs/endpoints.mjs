import { permissionsOf } from '../../shared/dist/src/contracts/permissions.js';
import { ROLES } from '../../shared/dist/src/contracts/roles.js';
import { pathOf } from '../../shared/dist/src/http/path.js';
import { withServices } from './services.mjs';
import { code, table } from './table.mjs';

/** What a guard inside a use case asks for, beyond the table. */
const LOOPBACK = /^\/dev\/mail/;
const WORDS = { public: 'everybody', 'signed-in': 'everybody signed in', internal: 'Riparo’s services' };
const accessOf = ({ access, path }) =>
  LOOPBACK.test(path)
    ? 'the machine itself, in one process without `SMTP_HOST`'
    : (WORDS[access] ?? [access].flat().map(code).join(' or '));

const rowsOf = (routes) =>
  routes.map((route) => [
    code(`${route.method} ${pathOf(route)}`),
    accessOf(route),
    route.summary,
    `${route.success}${route.creates ? ' K' : ''}`,
  ]);

const HEAD = ['endpoint', 'who', 'what', 'answer'];

const describeService = ({ name, routes }) => `## ${name}\n\n${table(HEAD, rowsOf(routes.filter(({ access }) => access !== 'internal')))}`;

const describeInternal = (services) => `## Among the services

Not led to by the gateway, and only with a service's token.

${table(
  ['service', ...HEAD],
  services.flatMap(({ name, routes }) => rowsOf(routes.filter(({ access }) => access === 'internal')).map((row) => [name, ...row])),
)}`;

const GATEWAY = `## gateway

${table(HEAD, [
  ['`GET /health/live`', 'everybody', 'The process runs.', '200'],
  [
    '`GET /health/ready`',
    'everybody',
    'Every service and what it needs is there; otherwise 503. Names of what is missing are in the body.',
    '200',
  ],
  ['`GET /`', 'everybody', 'Where people find the rest.', '200'],
  ['`GET /docs`', 'everybody', 'This reference as a page, to read and, after signing in there, to try.', '200'],
  ['`GET /openapi.json`', 'everybody', 'The same as an OpenAPI 3.1 document, with the shape of every body and answer.', '200'],
  ['`GET /asyncapi.json`', 'everybody', 'The events as an AsyncAPI 3 document.', '200'],
  ['`GET /postman.json`', 'everybody', 'The same as a collection of requests, for Postman, Bruno and Insomnia.', '200'],
  ['`GET /metrics`', 'the bearer of `METRICS_TOKEN`', 'Prometheus metrics; 404 when no token is configured.', '200'],
])}`;

/** Only what some route asks for: a permission that guards nothing yet would promise something. */
const describePermissions = (services) => {
  const used = services.flatMap(({ routes }) => routes.flatMap(({ access }) => [access].flat())).filter((access) => access.includes(':'));
  const rows = [...new Set(used)]
    .sort()
    .map((permission) => [code(permission), ...ROLES.map((role) => (permissionsOf(role).includes(permission) ? '•' : ''))]);
  return `## Who may do what

A permission says what kind of thing may be done. Whose things is decided by each use case: customers only ever see their own.

${table(['permission', ...ROLES.map(code)], rows)}`;
};

const INTRODUCTION = `# API

Every endpoint there is, from the tables that the services are made with. The shape of every body and answer is in the reference of a running Riparo: \`/docs\` to read, \`/openapi.json\` for programs.

- One resource comes as \`{ data, timestamp }\`, a list as \`{ data, pagination }\` (\`page\` from 1, \`pageSize\` 20 unless said otherwise, at most 100). \`totalIsLowerBound\` is there when counting ended before the end, at 100,000 or where it would have cost too much.
- \`search\` finds what has, for every word of the search, a word that begins with it. Case, accents, apostrophes, dashes and other signs make no difference: \`O'Neil\`, \`oneil\` and \`neil\` find O’Neil, \`pf3x9k21\` and \`3x9k\` find PF-3X9K21. Text without spaces, such as Chinese, Japanese or Thai, is found by any part of it: \`打印\` finds 打印机坏了. What is searched: of tickets number, title, description, customer and device; of repairs number, device, problem and customer; of canned replies title and body; of devices name, brand, model and serial number (any part of it, three characters or longer); of customers name, e-mail, phone, fiscal code, VAT number and certified e-mail; of users name, e-mail and phone. \`searchIsPartial\` beside the totals says that some texts have more than 500 different words, and only the first 500 were searched.
- A refusal is a problem document (RFC 9457, \`application/problem+json\`) with a \`code\`; 422 lists every fault at once in \`errors\`.
- A moment names its offset (\`2026-01-31T09:00:00Z\`). Where a whole day means something, a bare day (\`2026-01-31\`) is that day of the centre's time zone: \`from\` and \`to\` are its beginning. As \`estimatedCompletionAt\` it must be a working day and promises the end of its working hours (the end of the day, when these are over already); answers and events then name the day beside that moment, as \`estimatedCompletionDay\`, and people read the day. As \`preferredAppointmentAt\` it books nothing and is answered with free times from its beginning on.
- *answer* is the status when it succeeds. **K**: takes an \`Idempotency-Key\`; the same key and body within 24 hours make nothing twice.
- PUT, PATCH and DELETE take the \`ETag\` that was read as \`If-Match\`, or a list of them (\`"3", "4"\`): 412 when it has changed since. \`*\` asks for no version.
- Sign in at \`POST /api/v1/auth/login\` and send \`Authorization: Bearer <token>\`.`;

/** docs/api.md: every endpoint of every service. */
export const describeEndpoints = () =>
  withServices((services) =>
    [INTRODUCTION, ...services.map(describeService), GATEWAY, describeInternal(services), describePermissions(services)].join('\n\n'),
  );
