import { hostname } from 'node:os';
import { type Doc, doc, OK, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { MAX_MESSAGE_BYTES } from '../wire/frames.js';
import type { Command, CommandContext } from './command.js';
import { MAX_DOCUMENT_BYTES } from './insert.js';

/** The server version drivers and tools take us for: what is supported is a part of it. */
export const VERSION = '7.0.0';
const MAX_WIRE_VERSION = 21;

function hello(ctx: CommandContext): Doc {
  const writable = ctx.name === 'hello' ? 'isWritablePrimary' : 'ismaster';
  return doc({
    helloOk: ctx.name === 'hello' ? undefined : true,
    [writable]: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
    ok: OK,
  });
}

function buildInfo(): Doc {
  return doc({
    version: VERSION,
    gitVersion: 'embedded-mongo',
    modules: ['embedded-mongo'],
    allocator: 'system',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    versionArray: VERSION.split('.').map(Number).concat(0),
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['lmdb'],
    ok: OK,
  });
}

function serverStatus(ctx: CommandContext): Doc {
  const { server } = ctx;
  const memory = process.memoryUsage();
  const uptime = (Date.now() - ctx.engine.startedAt.getTime()) / 1000;
  const counters: Doc = new Map([...server.counters].map(([name, n]): [string, Value] => [name, BigInt(n)]));
  return doc({
    host: hostname(),
    version: VERSION,
    process: 'embedded-mongo',
    pid: BigInt(process.pid),
    uptime: Math.floor(uptime),
    uptimeMillis: BigInt(Math.floor(uptime * 1000)),
    localTime: new Date(),
    connections: doc({ current: server.connections() }),
    mem: doc({ bits: 64, resident: Math.floor(memory.rss / 1048576) }),
    metrics: doc({ commands: counters, cursor: doc({ open: doc({ total: BigInt(ctx.engine.cursors.size) }) }) }),
    storageEngine: doc({ name: 'lmdb', supportsCommittedReads: true, persistent: true }),
    ok: OK,
  });
}

const parameters: Doc = doc({
  featureCompatibilityVersion: doc({ version: '7.0' }),
  internalQueryMaxBlockingSortMemoryUsageBytes: 104857600,
});

function getParameter(ctx: CommandContext): Doc {
  const wanted = ctx.command.get('getParameter');
  const reply: Doc = new Map();
  for (const [name, value] of parameters) if (wanted === '*' || ctx.command.has(name)) reply.set(name, value);
  if (reply.size === 0) throw new MongoError(72, 'no option found to get');
  return reply.set('ok', OK);
}

const fine: Command = { run: () => doc({ ok: OK }), fields: [] };
const helloCommand: Command = {
  run: hello,
  fields: [
    'helloOk',
    'client',
    'compression',
    'speculativeAuthenticate',
    'saslSupportedMechs',
    'topologyVersion',
    'maxAwaitTimeMS',
    'loadBalanced',
    'backpressure',
    'hostInfo',
    'forShell',
  ],
};

export const adminCommands: Record<string, Command> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping: fine,
  endSessions: fine,
  refreshSessions: fine,
  killSessions: fine,
  startSession: fine,
  buildInfo: { run: buildInfo, fields: [] },
  buildinfo: { run: buildInfo, fields: [] },
  serverStatus: { run: serverStatus, fields: ['repl', 'metrics', 'locks', 'recordStats', 'latchAnalysis', 'opLatencies', 'wiredTiger'] },
  getParameter: { run: getParameter, fields: [...parameters.keys(), 'allParameters'] },
  connectionStatus: {
    run: () => doc({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }), ok: OK }),
    fields: ['showPrivileges'],
  },
  whatsmyuri: { run: () => doc({ you: '127.0.0.1:0', ok: OK }), fields: [] },
  getLog: { run: () => doc({ totalLinesWritten: 0, log: [], ok: OK }), fields: [] },
  getCmdLineOpts: { run: () => doc({ argv: [], parsed: doc({}), ok: OK }), fields: [] },
  hostInfo: {
    run: () => doc({ system: doc({ hostname: hostname(), currentTime: new Date() }), os: doc({ type: process.platform }), ok: OK }),
    fields: [],
  },
};
