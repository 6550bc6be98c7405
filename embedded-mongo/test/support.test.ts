import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Document, MongoServerError } from 'mongodb';
import { describeEmbedded, withServer } from './test-server.js';

/** Every operator of MongoDB 7.0 (manual: reference/operator), by the row of docs/support.md that says what becomes of it. */
const OPERATORS: Readonly<Record<string, string>> = {
  stages: `addFields bucket bucketAuto changeStream collStats count currentOp densify documents facet fill geoNear graphLookup group
    indexStats limit listLocalSessions listSampledQueries listSearchIndexes listSessions lookup match merge out planCacheStats project
    redact replaceRoot replaceWith sample search searchMeta set setWindowFields shardedDataDistribution skip sort sortByCount unionWith
    unset unwind vectorSearch`,
  expressions: `abs accumulator acos acosh add allElementsTrue and anyElementTrue arrayElemAt arrayToObject asin asinh atan atan2 atanh
    avg binarySize bitAnd bitNot bitOr bitXor bsonSize ceil cmp concat concatArrays cond convert cos cosh dateAdd dateDiff dateFromParts
    dateFromString dateSubtract dateToParts dateToString dateTrunc dayOfMonth dayOfWeek dayOfYear degreesToRadians divide eq exp filter
    first firstN floor function getField gt gte hour ifNull in indexOfArray indexOfBytes indexOfCP isArray isNumber isoDayOfWeek isoWeek
    isoWeekYear last lastN let literal ln log log10 lt lte ltrim map max maxN median mergeObjects meta millisecond min minN minute mod
    month multiply ne not objectToArray or percentile pow radiansToDegrees rand range reduce regexFind regexFindAll regexMatch replaceAll
    replaceOne reverseArray round rtrim sampleRate second setDifference setEquals setField setIntersection setIsSubset setUnion sin sinh
    size slice sortArray split sqrt stdDevPop stdDevSamp strLenBytes strLenCP strcasecmp substr substrBytes substrCP subtract sum switch
    tan tanh toBool toDate toDecimal toDouble toHashedIndexKey toInt toLong toLower toObjectId toString toUpper trim trunc tsIncrement
    tsSecond type unsetField week year zip`,
  accumulators: `accumulator addToSet avg bottom bottomN count first firstN last lastN max maxN median mergeObjects min minN percentile
    push stdDevPop stdDevSamp sum top topN`,
  queries: `all and bitsAllClear bitsAllSet bitsAnyClear bitsAnySet comment elemMatch eq exists expr geoIntersects geoWithin gt gte in
    jsonSchema lt lte mod ne near nearSphere nin nor not or regex sampleRate size text type where`,
  updates: `addToSet bit currentDate inc max min mul pop pull pullAll push rename set setOnInsert unset`,
};

const AT_THE_TOP = ['and', 'comment', 'expr', 'jsonSchema', 'nor', 'or', 'sampleRate', 'text', 'where'];
/** Codes that say "no such thing", where MongoDB says so of a name that it does not know. */
const UNKNOWN = new Set([40324, 168, 31325, 15952]);

interface Listed {
  readonly supported: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, number>;
}

/** From the list of operators; a name without a code is refused with 238. */
function listed(kind: string): Listed {
  const text = readFileSync(new URL('../../docs/support.md', import.meta.url), 'utf8');
  const [, supported = '', refused = ''] = new RegExp(`- \\*\\*${kind}\\*\\*\n +- supported: (.*)\n +- refused: (.*)`).exec(text) ?? [];
  const names = (line: string): [string, string?][] =>
    [...line.matchAll(/`\$(\w+)`(?: \((\d+)\))?/g)].map(([, name = '', code]) => [name, code]);
  return {
    supported: new Set(names(supported).map(([name]) => name)),
    refused: new Map(names(refused).map(([name, code]) => [name, Number(code ?? 238)])),
  };
}

describeEmbedded('docs/support.md', () => {
  const server = withServer();

  const probes: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
    stages: (name) =>
      server
        .fresh()
        .aggregate([{ [name]: {} }])
        .toArray(),
    expressions: async (name) => {
      const items = server.fresh();
      await items.insertOne({});
      return items.aggregate([{ $set: { a: { [name]: {} } } }]).toArray();
    },
    accumulators: (name) =>
      server
        .fresh()
        .aggregate([{ $group: { _id: null, a: { [name]: {} } } }])
        .toArray(),
    queries: (name) => {
      const filter: Document = AT_THE_TOP.includes(name.slice(1)) ? { [name]: {} } : { a: { [name]: {} } };
      return server.fresh().find(filter).toArray();
    },
    updates: (name) => server.fresh().updateOne({}, { [name]: { a: 1 } }),
  };

  /** What becomes of a name: 'supported', 'unknown', or the code of the refusal that the list names. */
  const fateOf = async (asked: Promise<unknown>, refusal = 238): Promise<string | number> => {
    try {
      await asked;
      return 'supported';
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
      if (UNKNOWN.has(Number(error.code)) || /unknown (top level )?operator|Unknown modifier/i.test(error.message)) return 'unknown';
      return error.code === 238 || error.code === refusal ? error.code : 'supported';
    }
  };

  for (const [kind, text] of Object.entries(OPERATORS)) {
    const all = text.split(/\s+/);
    it(`when a client asks for any of the ${kind}, then it is supported or refused as the list says`, async () => {
      const { supported, refused } = listed(kind);
      expect([...supported, ...refused.keys()].sort()).to.deep.equal([...all].sort());
      const probe = probes[kind]!;
      const fates = await Promise.all(all.map(async (name) => [name, await fateOf(probe(`$${name}`), refused.get(name))] as const));
      expect(Object.fromEntries(fates)).to.deep.equal(Object.fromEntries(all.map((name) => [name, refused.get(name) ?? 'supported'])));
      expect(await fateOf(probe('$foo'))).to.equal('unknown');
    });
  }
});
