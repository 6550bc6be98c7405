import { expect } from 'chai';
import { serialize } from 'bson';
import fc from 'fast-check';
import { Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import { decode } from '../src/bson/decode.js';
import { encode } from '../src/bson/encode.js';
import { pick, FieldSet } from '../src/bson/raw.js';
import { filterReader } from '../src/plan/execute.js';
import { compileFilter } from '../src/query/filter.js';
import { compileProjection, project } from '../src/query/projection.js';
import { spliceUpdate } from '../src/update/splice.js';
import { compileUpdate } from '../src/update/update.js';
import type { Doc } from '../src/bson/values.js';
import { finished } from './finished.js';
import { Twice } from './twice.js';

const names = ['a', 'b', 'ab', 'é', 'list', 'deep', 'other'];
const name = fc.constantFrom(...names);
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom<unknown>('', 'x', 'é', 'long enough that it is not written byte by byte', null, true, false, new Date(0), new Double(1)),
  fc.constantFrom<unknown>(
    Long.fromNumber(1),
    Decimal128.fromString('1'),
    new ObjectId('507f1f77bcf86cd799439011'),
    /x/i,
    Buffer.from([1]),
  ),
);
const nested = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
const value = fc.oneof(scalar, fc.array(fc.oneof(scalar, nested), { maxLength: 3 }), nested);
/** The fields in random order, because the order is what copying must keep, and now and then one of them twice. */
const document = fc.array(fc.tuple(name, value), { maxLength: 6 }).map((fields): Document => new Twice<unknown>([['_id', 1], ...fields]));

const bson = (source: Document): Buffer => Buffer.from(serialize(source));
const parsed = (source: Document): Doc => decode(bson(source));
/** Without what stands a second time, which copying keeps and decoding does not. */
const single = (bytes: Buffer): string => encode(decode(bytes)).toString('hex');

const path = fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.constantFrom('deep.x', 'list.y', 'a.x.y') });
const flat = (paths: readonly string[]): string[] => paths.filter((one) => !paths.some((other) => one.startsWith(`${other}.`)));
const projection = fc
  .tuple(fc.constantFrom(0, 1), fc.uniqueArray(path, { minLength: 1, maxLength: 4 }), fc.constantFrom(undefined, 0, 1))
  .filter(([keep, , id]) => id !== 1 || keep === 1)
  .map(([keep, paths, id]): Document => ({
    ...Object.fromEntries(flat(paths).map((one) => [one, keep])),
    ...(id === undefined ? {} : { _id: id }),
  }));

describe('what works on stored bytes does the same as on decoded documents', () => {
  it('a projection that includes or excludes fields', () => {
    fc.assert(
      fc.property(document, projection, (source, spec) => {
        const compiled = compileProjection(parsed(spec));
        if (!compiled?.applyToBytes) throw new Error('a projection of plain fields must not decode');
        const expected = encode(compiled.apply(parsed(source), {}));
        expect(single(finished(project(compiled, compileFilter(undefined), bson(source))))).to.equal(expected.toString('hex'));
      }),
      { numRuns: 1000 },
    );
  });

  it('reading some of the fields', () => {
    fc.assert(
      fc.property(document, fc.uniqueArray(name, { maxLength: 4 }), (source, wanted) => {
        const expected = [...parsed(source)].filter(([key]) => wanted.includes(key));
        expect(encode(pick(bson(source), new FieldSet(new Set(wanted)))).toString('hex')).to.equal(
          encode(new Map(expected)).toString('hex'),
        );
      }),
      { numRuns: 1000 },
    );
  });

  const sameFilter = (sources: fc.Arbitrary<Document>, condition: fc.Arbitrary<Document>): void =>
    fc.assert(
      fc.property(sources, fc.array(condition, { maxLength: 3 }), (source, conditions) => {
        const filter = compileFilter(parsed(conditions.length > 0 ? { $and: conditions } : {}));
        expect(filterReader(filter)(bson(source))).to.equal(filter.matches(parsed(source)));
      }),
      { numRuns: 3000 },
    );

  it('a filter of conditions on top-level fields', () =>
    sameFilter(
      document,
      fc.oneof(
        fc.tuple(name, value).map(([key, operand]): Document => ({ [key]: operand })),
        fc
          .tuple(name, fc.constantFrom('$gt', '$lte', '$ne', '$eq'), scalar)
          .filter(([, , operand]) => !(operand instanceof RegExp))
          .map(([key, operator, operand]): Document => ({ [key]: { [operator]: operand } })),
        fc.tuple(name, fc.array(scalar, { maxLength: 2 })).map(([key, $in]): Document => ({ [key]: { $in } })),
      ),
    ));

  it('a filter where few names and values stand twice often', () => {
    const field = fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 1 }));
    sameFilter(
      fc.array(field, { maxLength: 4 }).map((fields): Document => new Twice<unknown>(fields)),
      field.map(([key, operand]): Document => ({ [key]: operand })),
    );
  });

  it('an update by operators', () => {
    const operation = fc.oneof(
      fc.tuple(fc.constantFrom('$set', '$push', '$addToSet', '$min', '$setOnInsert'), path, value),
      fc.tuple(fc.constantFrom('$unset'), path, fc.constant('')),
      fc.tuple(fc.constantFrom('$inc', '$pop'), path, fc.constant(1)),
      fc.tuple(fc.constantFrom('$push'), path, fc.record({ $each: fc.array(value, { maxLength: 2 }) })),
      fc.tuple(fc.constantFrom('$push'), path, fc.record({ $each: fc.array(scalar, { maxLength: 2 }), $slice: fc.constantFrom(-2, 1) })),
      fc.tuple(fc.constantFrom('$rename'), name, name),
    );
    const outcome = (run: () => Buffer | undefined): string => {
      try {
        const bytes = run();
        return bytes ? single(bytes) : 'nothing';
      } catch (error) {
        return (error as Error).message;
      }
    };
    let applied = 0;
    fc.assert(
      fc.property(document, fc.uniqueArray(operation, { minLength: 1, maxLength: 4, selector: ([, target]) => target }), (source, list) => {
        const spec: Record<string, Document> = {};
        for (const [operator, target, argument] of list) (spec[operator] ??= {})[target] = argument;
        let update;
        try {
          update = compileUpdate(parsed(spec), undefined);
        } catch {
          fc.pre(false);
          return;
        }
        const { scope } = update;
        if (!scope) throw new Error('the scope of an update without positions is known');
        const bytes = bson(source);
        const expected = outcome(() => encode(finished(update.apply(decode(bytes), { position: undefined, inserting: false }))));
        const spliced = outcome(() => finished(spliceUpdate(bytes, update, scope))?.bytes);
        // A field that stands twice is left to decoding.
        if (spliced === 'nothing') return;
        expect(spliced).to.equal(expected);
        applied++;
      }),
      { numRuns: 3000 },
    );
    expect(applied).to.be.greaterThan(0);
  });
});
