import { randomUUID } from 'node:crypto';
import { MAX_DOCUMENT_BYTES, MAX_MESSAGE_BYTES } from '../bson/limits.js';
import { Binary, type Doc, doc, OK } from '../bson/values.js';
import type { Command, CommandContext } from './command.js';

/** The server version drivers and tools take us for: what is supported is a part of it. */
export const VERSION = '7.0.0';
const MAX_WIRE_VERSION = 21;
const SESSION_MINUTES = 30;

function hello(ctx: CommandContext): Doc {
  const writable = ctx.name === 'hello' ? 'isWritablePrimary' : 'ismaster';
  return doc({
    helloOk: ctx.name === 'hello' ? undefined : true,
    [writable]: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: SESSION_MINUTES,
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

/** A session is a name only: nothing is kept for it. */
function startSession(): Doc {
  const id = new Binary(4, Buffer.from(randomUUID().replaceAll('-', ''), 'hex'));
  return doc({ id: doc({ id }), timeoutMinutes: SESSION_MINUTES, ok: OK });
}

const fine: Command = { run: () => doc({ ok: OK }), fields: [] };
const helloCommand: Command = {
  run: hello,
  fields: (
    'helloOk client compression speculativeAuthenticate saslSupportedMechs topologyVersion maxAwaitTimeMS ' +
    'loadBalanced backpressure hostInfo forShell'
  ).split(' '),
};

export const adminCommands: Record<string, Command> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping: fine,
  endSessions: fine,
  refreshSessions: fine,
  killSessions: fine,
  startSession: { run: startSession, fields: [] },
  buildInfo: { run: buildInfo, fields: [] },
  buildinfo: { run: buildInfo, fields: [] },
};
