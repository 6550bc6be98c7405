/**
 * Which part of Riparo may know which other part. `npm run lint` and `npm test` hold the tree to it
 * (scripts/check-dependencies.mjs), and test/architecture plants a violation of each rule to see it caught.
 *
 * Packages import each other's compiled files (`services/x/dist/src/…`), hence the optional `dist/` in the paths.
 */
/** Files that decide: the noun's own, `decide-*`, `*-decisions`, and what those are made of. */
const decision = [
  '^services/[^/]+/src/([^/]+)/\\1\\.ts$',
  '^services/.*/(decide-[^/]+|[^/]+-decisions|apply-change|transitions|timers)\\.ts$',
];

/** The rooms of `shared` from the ground up: a room imports only those before it. */
const ROOMS = [
  'errors',
  'contracts',
  'json',
  'time',
  'text',
  'concurrency',
  'runtime',
  'logging',
  'config',
  'metrics',
  'persistence',
  'messaging',
  'files',
  'pdf',
  'pages',
  'http',
  'composition',
  'testing',
];

/** The wings of the tickets service from the ground up: a wing imports only those before it. */
const WINGS = [
  'replica',
  'kernel',
  'conversation',
  'technician',
  'ticket',
  'repair',
  'assignment',
  'appointment',
  'work-report',
  'upkeep',
  'internal',
];

/** The wings of the notifications service from the ground up, likewise. */
const NOTIFICATION_WINGS = [
  'replica',
  'inbox',
  'preference',
  'template',
  'notification',
  'unsubscribe',
  'sms',
  'failed-address',
  'channel',
  'inbound-mail',
  'delivery',
  'moment',
  'announcement',
  'webhook',
  'live',
  'dev-mail',
];

/**
 * The layers of embedded-mongo from the ground up: errors, values, one document, expressions, queries on documents, what
 * is kept, finding it, pipelines, updates, what runs all that, commands, the wire; at the top the files that start it.
 */
const LAYERS = [
  '(errors|soon|stretch)[.]ts$',
  'bson/',
  'document/',
  'expression/',
  'query/',
  'storage/',
  'plan/',
  'aggregate/',
  'update/',
  'engine/',
  'command/',
  'wire/',
  '(cli|data-commands|index|options|server|tools|worker|worker-host)[.]ts$',
];

/** One rule for each room: it imports none of those above it, not even a type. */
const oneWay = (name, comment, folder, rooms) =>
  rooms.slice(0, -1).map((room, index) => ({
    name,
    comment,
    severity: 'error',
    from: { path: `^${folder}/${room}` },
    to: { path: `^${folder}/(${rooms.slice(index + 1).join('|')})` },
  }));

const folders = (names) => names.map((name) => `${name}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'services-stand-alone',
      comment: 'Services know each other by events and by replicas of what those carry, never by import.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'shared-knows-no-service',
      comment: 'shared is contracts and plumbing: what only one service needs belongs to that service.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(services|gateway|all-in-one|benchmarks|test)/' },
    },
    {
      name: 'embedded-mongo-stands-alone',
      comment: 'The embedded database is a library of its own and knows nothing of Riparo.',
      severity: 'error',
      from: { path: '^embedded-mongo/' },
      to: { path: '^(shared|services|gateway|all-in-one|benchmarks|test)/' },
    },
    {
      name: 'only-all-in-one-composes',
      comment: 'The gateway reaches services over HTTP or is handed their routers; only all-in-one imports them.',
      severity: 'error',
      from: { path: '^(gateway|benchmarks)/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-know-no-composition',
      comment: 'What composes services is not known to them.',
      severity: 'error',
      from: { path: '^(services|gateway)/' },
      to: { path: '^(all-in-one|benchmarks|test)/' },
    },
    {
      name: 'services-know-no-gateway',
      comment: 'A service works without the gateway in front of it.',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^gateway/' },
    },
    {
      name: 'shared-runs-without-embedded-mongo',
      comment: 'A service on a MongoDB of its own must not load the embedded one; only the test bench starts it.',
      severity: 'error',
      from: { path: '^(shared|services/[^/]+|gateway)/src/', pathNot: '^shared/src/testing/' },
      to: { path: '^embedded-mongo/' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'Nothing that runs in production imports the test bench.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^shared/src/testing/' },
      to: { path: '^shared/(dist/)?src/testing/' },
    },
    {
      name: 'decisions-are-pure',
      comment: 'services/x/src/ticket/ticket.ts and decide-close.ts decide; they are given what they need and return state and events.',
      severity: 'error',
      from: { path: decision },
      to: { path: '(^|/)node_modules/(mongoose|mongodb|express|amqplib|nodemailer|node-cron|pino)(/|$)' },
    },
    {
      name: 'decisions-use-no-plumbing',
      comment: 'A decision may name a type of the plumbing (Clock, IdSource) but call none of it.',
      severity: 'error',
      from: { path: decision },
      to: { path: '^shared/(dist/)?src/(http|messaging|runtime|composition|logging|metrics|config)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'decisions-do-no-io',
      comment: 'A decision may run twice: nothing in it reads a file, a socket or the machine.',
      severity: 'error',
      from: { path: decision },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|tls|dns|os|child_process|worker_threads)(/|$)' },
    },
    {
      name: 'driver-behind-persistence',
      comment: 'The database driver is used through shared/src/persistence; elsewhere only its types are.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^(shared/src/(persistence|testing)|embedded-mongo)/' },
      to: { path: '(^|/)node_modules/mongodb(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'broker-behind-messaging',
      comment: 'RabbitMQ is used through the bus.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^shared/src/(messaging|testing)/' },
      to: { path: '(^|/)node_modules/amqplib(/|$)' },
    },
    ...oneWay('shared-one-way', 'A room of shared knows only the rooms below it; see ROOMS above.', 'shared/src', folders(ROOMS)),
    ...oneWay(
      'tickets-one-way',
      'A wing of tickets knows only the wings below it; what lies above is handed in.',
      'services/tickets/src',
      folders(WINGS),
    ),
    ...oneWay(
      'notifications-one-way',
      'A wing of notifications knows only the wings below it; what lies above is handed in.',
      'services/notifications/src',
      folders(NOTIFICATION_WINGS),
    ),
    ...oneWay(
      'embedded-mongo-one-way',
      'A layer of embedded-mongo knows only the layers below it; see LAYERS above.',
      'embedded-mongo/src',
      LAYERS,
    ),
    {
      name: 'embedded-mongo-layers',
      comment: 'A file of embedded-mongo belongs to a layer; see LAYERS above.',
      severity: 'error',
      from: { path: '^embedded-mongo/src/', pathNot: `^embedded-mongo/src/(${LAYERS.join('|')})` },
      to: {},
    },
    {
      name: 'embedded-mongo-no-circle',
      comment: 'In embedded-mongo not even types go round.',
      severity: 'error',
      from: { path: '^embedded-mongo/src/' },
      to: { circular: true },
    },
    {
      name: 'one-csv-writer',
      comment: 'Every CSV goes through shared/src/files/csv.ts, which keeps spreadsheets from running what people wrote.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^shared/src/files/csv\\.ts$' },
      to: { path: '(^|/)node_modules/csv-stringify(/|$)' },
    },
    {
      name: 'one-pdf-writer',
      comment: 'Every PDF goes through shared/src/pdf, which has a font for any name.',
      severity: 'error',
      from: { path: '/src/', pathNot: '^shared/src/pdf/' },
      to: { path: '(^|/)node_modules/pdfkit(/|$)' },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or a third is missing. Types alone may go round.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere, which would also hide what it breaks.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'A package declares what it imports in its own package.json (tools for tests may be declared at the top).',
      severity: 'error',
      from: { path: '/src/', pathNot: '^shared/src/testing/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
