import type { Db, Document } from 'mongodb';

/** Every command of MongoDB 7.0 (manual: reference/command), the old spellings that drivers still use, and those of sharding. */
export const COMMANDS = `aggregate count distinct mapReduce delete find findAndModify findandmodify getMore insert update explain
  planCacheClear planCacheClearFilters planCacheListFilters planCacheSetFilter authenticate logout saslStart saslContinue createUser
  dropAllUsersFromDatabase dropUser grantRolesToUser revokeRolesFromUser updateUser usersInfo createRole dropRole
  dropAllRolesFromDatabase grantPrivilegesToRole grantRolesToRole invalidateUserCache revokePrivilegesFromRole revokeRolesFromRole
  rolesInfo updateRole appendOplogNote applyOps hello isMaster ismaster replSetAbortPrimaryCatchUp replSetFreeze replSetGetConfig
  replSetGetStatus replSetInitiate replSetMaintenance replSetReconfig replSetResizeOplog replSetStepDown replSetSyncFrom
  abortTransaction commitTransaction endSessions killAllSessions killAllSessionsByPattern killSessions refreshSessions startSession
  cloneCollectionAsCapped collMod compact compactStructuredEncryptionData convertToCapped create createIndexes currentOp drop
  dropConnections dropDatabase dropIndexes filemd5 fsync fsyncUnlock getAuditConfig getClusterParameter getDefaultRWConcern
  getParameter killCursors killOp listCollections listDatabases listIndexes logRotate reIndex renameCollection rotateCertificates
  setAuditConfig setClusterParameter setDefaultRWConcern setFeatureCompatibilityVersion setIndexCommitQuorum setParameter
  setUserWriteBlockMode shutdown buildInfo buildinfo collStats collstats connPoolStats connectionStatus dataSize dbHash dbStats dbstats
  driverOIDTest features getCmdLineOpts getLog hostInfo isSelf listCommands lockInfo netstat ping profile serverStatus top validate
  validateDBMetadata whatsmyuri logApplicationMessage createSearchIndexes updateSearchIndex dropSearchIndex bulkWrite
  abortReshardCollection addShard addShardToZone analyzeShardKey balancerCollectionStatus balancerStart balancerStatus balancerStop
  checkShardingIndex cleanupOrphaned cleanupReshardCollection clearJumboFlag commitReshardCollection
  configureCollectionBalancing configureQueryAnalyzer enableSharding flushRouterConfig getShardMap getShardVersion isdbgrid listShards
  mergeAllChunksOnShard mergeChunks moveChunk movePrimary moveRange refineCollectionShardKey removeShard removeShardFromZone
  reshardCollection shardCollection shardConnPoolStats shardingState split splitVector unsetSharding updateZoneKeyRange`.split(/\s+/);

type Make = (options: Document, db: Db) => Document | Promise<Document>;
const over =
  (command: Document): Make =>
  (options) => ({ ...command, ...options });
/** The options of one item in a list of them. */
const within =
  (command: Document, list: string, item: Document): Make =>
  (options) => ({ ...command, [list]: [{ ...item, ...options }] });

/** By the row of docs/support.md: a command that works, and every option of MongoDB 7.0 with a value that asks for something. */
export const ROWS: Readonly<Record<string, readonly [Make, Document]>> = {
  'every command': [
    over({ find: 'items' }),
    {
      maxTimeMS: 5000,
      comment: 'why',
      lsid: { id: new Uint8Array(16) },
      $db: 'test',
      $clusterTime: {},
      $readPreference: { mode: 'primary' },
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 2 },
      apiVersion: '1',
      apiStrict: true,
      apiDeprecationErrors: true,
      txnNumber: 1,
      startTransaction: true,
      autocommit: false,
    },
  ],
  find: [
    over({ find: 'items' }),
    {
      filter: { a: 1 },
      sort: { a: 1 },
      projection: { a: 1 },
      hint: '_id_',
      skip: 1,
      limit: 1,
      batchSize: 1,
      singleBatch: true,
      noCursorTimeout: true,
      let: { a: 1 },
      allowDiskUse: true,
      allowPartialResults: true,
      oplogReplay: true,
      collation: { locale: 'en' },
      min: { _id: 1 },
      max: { _id: 1 },
      returnKey: true,
      showRecordId: true,
      tailable: true,
      awaitData: true,
    },
  ],
  aggregate: [
    over({ aggregate: 'items', pipeline: [], cursor: {} }),
    {
      pipeline: [{ $match: {} }],
      cursor: { batchSize: 1 },
      explain: true,
      hint: '_id_',
      let: { a: 1 },
      allowDiskUse: true,
      bypassDocumentValidation: true,
      collation: { locale: 'en' },
    },
  ],
  count: [over({ count: 'items' }), { query: { a: 1 }, limit: 1, skip: 1, hint: '_id_', fields: {}, collation: { locale: 'en' } }],
  distinct: [over({ distinct: 'items', key: 'a' }), { key: 'a', query: { a: 1 }, hint: '_id_', collation: { locale: 'en' } }],
  insert: [
    over({ insert: 'items', documents: [{}] }),
    { documents: [{ a: 1 }], ordered: false, bypassDocumentValidation: true, bypassEmptyTsReplacement: true },
  ],
  update: [
    over({ update: 'items', updates: [{ q: {}, u: { $set: { a: 1 } } }] }),
    {
      updates: [{ q: { a: 1 }, u: {} }],
      ordered: false,
      let: { a: 1 },
      bypassDocumentValidation: true,
      bypassEmptyTsReplacement: true,
    },
  ],
  'an update': [
    within({ update: 'items' }, 'updates', { q: {}, u: { $set: { a: 1 } } }),
    {
      q: { a: 1 },
      u: { $set: { a: 2 } },
      c: { a: 1 },
      multi: true,
      upsert: true,
      arrayFilters: [],
      hint: '_id_',
      collation: { locale: 'en' },
      sort: { a: 1 },
    },
  ],
  delete: [over({ delete: 'items', deletes: [{ q: {}, limit: 1 }] }), { deletes: [{ q: {}, limit: 0 }], ordered: false, let: { a: 1 } }],
  'a delete': [
    within({ delete: 'items' }, 'deletes', { q: {}, limit: 1 }),
    { q: { a: 1 }, limit: 0, hint: '_id_', collation: { locale: 'en' } },
  ],
  findAndModify: [
    (options) => ({ findAndModify: 'items', ...('remove' in options ? {} : { update: { $set: { a: 1 } } }), ...options }),
    {
      query: { a: 1 },
      sort: { a: 1 },
      update: { $set: { a: 2 } },
      remove: true,
      new: true,
      fields: { a: 1 },
      upsert: true,
      arrayFilters: [],
      hint: '_id_',
      let: { a: 1 },
      bypassDocumentValidation: true,
      bypassEmptyTsReplacement: true,
      collation: { locale: 'en' },
    },
  ],
  getMore: [
    async (options, db) => {
      const { cursor } = await db.command({ find: 'items', batchSize: 0 }, { promoteLongs: false });
      return { getMore: (cursor as Document).id as unknown, collection: 'items', ...options };
    },
    { collection: 'items', batchSize: 1, term: 1, lastKnownCommittedOpTime: {} },
  ],
  killCursors: [over({ killCursors: 'items', cursors: [] }), { cursors: [] }],
  explain: [over({ explain: { find: 'items' } }), { verbosity: 'executionStats' }],
  create: [
    (options) => ({ create: `c${Object.keys(options).join('')}`, ...options }),
    {
      autoIndexId: true,
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
      storageEngine: {},
      indexOptionDefaults: {},
      validationLevel: 'strict',
      validationAction: 'error',
      size: 1000,
      max: 10,
      capped: true,
      timeseries: { timeField: 't' },
      expireAfterSeconds: 1,
      clusteredIndex: { key: { _id: 1 }, unique: true },
      changeStreamPreAndPostImages: { enabled: true },
      validator: { a: 1 },
      viewOn: 'items',
      pipeline: [{ $match: {} }],
      collation: { locale: 'en' },
      encryptedFields: { fields: [] },
    },
  ],
  collMod: [
    over({ collMod: 'items' }),
    {
      index: { name: 'kept', hidden: false },
      validator: {},
      validationLevel: 'off',
      validationAction: 'warn',
      viewOn: 'items',
      pipeline: [],
      cappedSize: 1,
      cappedMax: 1,
      timeseries: {},
      expireAfterSeconds: 1,
      changeStreamPreAndPostImages: { enabled: true },
      dryRun: true,
    },
  ],
  'an index of collMod': [
    (options) => ({ collMod: 'items', index: { ...('keyPattern' in options ? {} : { name: 'kept' }), ...options } }),
    { name: 'kept', keyPattern: { kept: 1 }, hidden: true, expireAfterSeconds: 5, unique: true, prepareUnique: true },
  ],
  createIndexes: [
    over({ createIndexes: 'items', indexes: [{ key: { c: 1 }, name: 'c' }] }),
    { indexes: [{ key: { d: 1 }, name: 'd' }], ignoreUnknownIndexOptions: true, commitQuorum: 1 },
  ],
  'an index': [
    (options) => {
      const field = Object.keys(options).join('');
      return { createIndexes: 'items', indexes: [{ key: { [`x${field}`]: 1 }, name: `x${field}`, ...options }] };
    },
    {
      key: { b: 1 },
      name: 'named',
      unique: true,
      sparse: true,
      hidden: true,
      partialFilterExpression: { a: 1 },
      expireAfterSeconds: 5,
      background: true,
      v: 2,
      ns: 'test.items',
      collation: { locale: 'en' },
      prepareUnique: true,
      storageEngine: {},
      wildcardProjection: { a: 1 },
      weights: { a: 1 },
      default_language: 'en',
      language_override: 'l',
      textIndexVersion: 3,
      '2dsphereIndexVersion': 3,
      bits: 26,
      min: -180,
      max: 180,
    },
  ],
  listIndexes: [over({ listIndexes: 'items' }), { cursor: {} }],
  dropIndexes: [over({ dropIndexes: 'items', index: [] }), { index: [] }],
  renameCollection: [
    (options) => ({ renameCollection: 'test.moving', to: 'test.moving2', ...options }),
    { to: 'test.moving3', dropTarget: true },
  ],
  listCollections: [over({ listCollections: 1 }), { filter: { name: 'a' }, nameOnly: true, authorizedCollections: true, cursor: {} }],
  collStats: [over({ collStats: 'items' }), { scale: 2 }],
  dbStats: [over({ dbStats: 1 }), { scale: 2, freeStorage: 1 }],
  validate: [over({ validate: 'items' }), { full: true, background: false, repair: true, metadata: true, checkBSONConformance: true }],
  profile: [over({ profile: 0 }), { slowms: 1, sampleRate: 1, filter: {} }],
  fsync: [over({ fsync: 1 }), { lock: true }],
  listDatabases: [over({ listDatabases: 1 }), { filter: { name: 'a' }, nameOnly: true, authorizedDatabases: true }],
};
