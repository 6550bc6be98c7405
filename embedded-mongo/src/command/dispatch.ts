import { toNumber } from '../bson/number.js';
import { type Doc, doc, isDoc, isNumeric, OK, textOr } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { Soon } from '../soon.js';
import type { Request } from './command.js';
import { adminCommands } from './admin.js';
import { untilDeadline } from '../engine/engine.js';
import { checkFields, type Command, type CommandContext, deadlineOf, type ServerInfo } from './command.js';
import { collModCommands } from './coll-mod.js';
import { deleteCommands } from './delete.js';
import { diagnosticCommands } from './diagnostics.js';
import { findAndModifyCommands } from './find-and-modify.js';
import { findCommands } from './find.js';
import { indexCommands } from './indexes.js';
import { insertCommands } from './insert.js';
import { namespaceCommands } from './namespaces.js';
import { operationCommands } from './operations.js';
import { readCommands } from './read.js';
import { explainCommands } from './explain.js';
import { statsCommands } from './stats.js';
import { updateCommands } from './update.js';

const commands = new Map<string, Command>(
  Object.entries({
    ...adminCommands,
    ...findCommands,
    ...readCommands,
    ...insertCommands,
    ...updateCommands,
    ...deleteCommands,
    ...findAndModifyCommands,
    ...indexCommands,
    ...namespaceCommands,
    ...explainCommands,
    ...statsCommands,
    ...operationCommands,
    ...diagnosticCommands,
    ...collModCommands,
    listCommands: { run: listCommands, fields: [] },
  }),
);

function listCommands(): Doc {
  const names = [...commands.keys()].sort();
  return doc({ commands: new Map(names.map((name) => [name, doc({ help: '' })])), ok: OK });
}

/** Commands of MongoDB 7.0 that are known and refused, so that the message can say so. */
const REFUSED = new Set(
  `appendOplogNote applyOps authenticate bulkWrite cloneCollectionAsCapped compact compactStructuredEncryptionData connPoolStats
   convertToCapped createRole createUser dataSize dbHash driverOIDTest dropAllRolesFromDatabase dropAllUsersFromDatabase dropConnections
   dropRole dropUser features filemd5 fsyncUnlock getAuditConfig getClusterParameter getDefaultRWConcern grantPrivilegesToRole
   grantRolesToRole grantRolesToUser invalidateUserCache isSelf killAllSessions killAllSessionsByPattern killOp lockInfo
   logApplicationMessage logRotate logout mapReduce netstat planCacheClear planCacheClearFilters planCacheListFilters planCacheSetFilter
   reIndex revokePrivilegesFromRole revokeRolesFromRole revokeRolesFromUser rotateCertificates saslContinue saslStart setAuditConfig
   setClusterParameter setDefaultRWConcern setFeatureCompatibilityVersion setIndexCommitQuorum setParameter setUserWriteBlockMode shutdown
   top updateRole updateUser validateDBMetadata`.split(/\s+/),
);

/** Why a command is not there, with the code that a standalone MongoDB has for it where it has none either. */
function missing(name: string): MongoError {
  if (name === 'commitTransaction' || name === 'abortTransaction') return noTransactions();
  if (name.startsWith('replSet')) return new MongoError(76, 'not running with --replSet');
  if (/^(create|update|drop)SearchIndex(es)?$/.test(name)) return new MongoError(31082, `${name} needs Atlas Search`);
  if (REFUSED.has(name)) return new MongoError(115, `embedded-mongo does not support the command '${name}'`);
  return new MongoError(59, `no such command: '${name}'`);
}

function noTransactions(): MongoError {
  return new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}

/** A standalone MongoDB refuses transactions and retryable writes with these words and this code. */
function refuseTransactions(command: Doc): void {
  if (command.has('txnNumber') || command.has('startTransaction') || command.has('autocommit')) throw noTransactions();
}

/** Guarantees that only several servers could give are refused, as a standalone MongoDB does. */
function checkConcerns(command: Doc): void {
  const read = command.get('readConcern');
  const level = isDoc(read) ? textOr(read.get('level'), 'local') : 'local';
  if (level === 'snapshot' || level === 'linearizable')
    throw new MongoError(123, `read concern ${level} is only supported on replica set members`);
  const write = command.get('writeConcern');
  const w = isDoc(write) ? write.get('w') : undefined;
  if (isNumeric(w) && toNumber(w) > 1) throw new MongoError(2, "cannot use 'w' > 1 when a host is not replicated");
}

/** The commands of the Stable API (manual: reference/stable-api). */
const STABLE = new Set(
  `aggregate collMod count create createIndexes delete drop dropDatabase dropIndexes endSessions explain find findAndModify getMore hello
   insert killCursors listCollections listDatabases listIndexes ping refreshSessions update`.split(/\s+/),
);
const UNSTABLE_STAGES = ['$currentOp', '$indexStats', '$listLocalSessions', '$listSessions', '$planCacheStats', '$search', '$searchMeta'];

function checkApi(name: string, command: Doc): void {
  const [version, strict, errors] = ['apiVersion', 'apiStrict', 'apiDeprecationErrors'].map((field) => command.get(field));
  if (version === undefined) {
    if (strict === undefined && errors === undefined) return;
    throw new MongoError(322, "'apiStrict' and 'apiDeprecationErrors' need an 'apiVersion'");
  }
  if (version !== '1') throw new MongoError(322, 'API version must be "1"');
  if (strict !== true) return;
  const pipeline = command.get('pipeline');
  const stages = Array.isArray(pipeline) ? pipeline.filter(isDoc).flatMap((stage) => [...stage.keys()]) : [];
  const unstable = STABLE.has(name) ? stages.find((stage) => UNSTABLE_STAGES.includes(stage)) : name;
  if (unstable !== undefined) throw new MongoError(323, `Provided apiStrict:true, but ${unstable} is not in API Version 1.`);
}

/** Finds and runs the command of a request. */
export function dispatch(server: ServerInfo, request: Request): Soon<Doc> {
  const [name = ''] = request.command.keys();
  const command = commands.get(name);
  if (!command) throw missing(name);
  checkApi(name, request.command);
  refuseTransactions(request.command);
  checkConcerns(request.command);
  const deadline = deadlineOf(request.command);
  const engine = deadline === undefined ? server.engine : untilDeadline(server.engine, deadline);
  const ctx: CommandContext = { server, engine, request, name, db: request.db, command: request.command, deadline };
  checkFields(ctx, command.fields);
  server.counters.set(name, (server.counters.get(name) ?? 0) + 1);
  return command.run(ctx);
}
