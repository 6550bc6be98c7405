import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isNumeric, OK, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { VERSION } from './admin.js';
import { type Command, type CommandContext, flag } from './command.js';

/** Commands by the name under which serverStatus.opcounters adds them up; all others are "command". */
const opcounters: Readonly<Record<string, string>> = {
  insert: 'insert',
  find: 'query',
  update: 'update',
  delete: 'delete',
  getMore: 'getmore',
};

function countedOperations(counters: ReadonlyMap<string, number>): Doc {
  const sums: Doc = new Map(['insert', 'query', 'update', 'delete', 'getmore', 'command'].map((name) => [name, 0n]));
  for (const [name, n] of counters) {
    const kind = opcounters[name] ?? 'command';
    sums.set(kind, (sums.get(kind) as bigint) + BigInt(n));
  }
  return sums;
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
    opcounters: countedOperations(server.counters),
    storageEngine: doc({ name: 'lmdb', supportsCommittedReads: true, persistent: true }),
    ok: OK,
  });
}

function hostInfo(): Doc {
  const system = doc({
    currentTime: new Date(),
    hostname: hostname(),
    cpuAddrSize: 64,
    memSizeMB: BigInt(Math.floor(totalmem() / 1048576)),
    numCores: cpus().length,
    cpuArch: arch(),
  });
  return doc({ system, os: doc({ type: process.platform, version: release() }), extra: doc({}), ok: OK });
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

function connectionStatus(ctx: CommandContext): Doc {
  const authInfo = doc({ authenticatedUsers: [], authenticatedUserRoles: [] });
  if (flag(ctx.command.get('showPrivileges'))) authInfo.set('authenticatedUserPrivileges', []);
  return doc({ authInfo, ok: OK });
}

function getLog(ctx: CommandContext): Doc {
  const wanted = ctx.command.get('getLog');
  if (wanted === '*') return doc({ names: ['global', 'startupWarnings'], ok: OK });
  if (wanted !== 'global' && wanted !== 'startupWarnings') throw new MongoError(96, 'no RamLog of that name');
  return doc({ totalLinesWritten: 0, log: [], ok: OK });
}

/** There is no profiler: its state can be read, and switching it off changes nothing. */
function profile(ctx: CommandContext): Doc {
  const level = ctx.command.get('profile') ?? null;
  if (!isNumeric(level) || toNumber(level) > 0) throw notSupported('the profiler');
  return doc({ was: 0, slowms: 100, sampleRate: 1, ok: OK });
}

/** Every answered write is on disk already. */
function fsync(ctx: CommandContext): Doc {
  if (flag(ctx.command.get('lock'))) throw notSupported('fsync with lock; the backup command needs none');
  return doc({ numFiles: 1, ok: OK });
}

function users(reply: string): Command {
  const fields = ['showCredentials', 'showCustomData', 'showPrivileges', 'showAuthenticationRestrictions', 'showBuiltinRoles', 'filter'];
  return { run: () => doc({ [reply]: [], ok: OK }), fields };
}

export const diagnosticCommands: Record<string, Command> = {
  serverStatus: { run: serverStatus, fields: 'any' },
  hostInfo: { run: hostInfo, fields: [] },
  // Names that do not exist are answered with code 72, not as unknown fields.
  getParameter: { run: getParameter, fields: 'any' },
  connectionStatus: { run: connectionStatus, fields: ['showPrivileges'] },
  getLog: { run: getLog, fields: [] },
  getCmdLineOpts: { run: () => doc({ argv: [], parsed: doc({}), ok: OK }), fields: [] },
  whatsmyuri: { run: () => doc({ you: '127.0.0.1:0', ok: OK }), fields: [] },
  profile: { run: profile, fields: ['slowms', 'sampleRate', 'filter'] },
  fsync: { run: fsync, fields: ['lock'] },
  usersInfo: users('users'),
  rolesInfo: users('roles'),
};
