import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { PAUSE, type Pause, stretch } from '../stretch.js';
import type { Scope } from '../expression/expression.js';
import { type Spend, weigh } from './memory.js';

export type DocStream = Generator<Doc | Pause, void>;
export type Stage = (input: DocStream) => DocStream;
export type StageCompiler = (argument: Value, variables: Scope) => Stage;

/** Hands each document on, and passes the pauses on. */
export function* forEach(input: DocStream, take: (document: Doc) => void): Generator<Pause, void> {
  for (const item of input) {
    if (item === PAUSE) yield PAUSE;
    else take(item);
  }
}

/** A stage that turns each document into any number of others. */
export function expanding(make: (document: Doc) => DocStream): Stage {
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else yield* make(item);
    }
  };
}

/** A stage that turns each document into one other, or into none. */
export function mapping(transform: (document: Doc) => Doc | undefined): Stage {
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else {
        const result = yield* stretch.repeating(() => transform(item));
        if (stretch.isDue(0)) yield PAUSE;
        if (result) yield result;
      }
    }
  };
}

/** What the stages behind do with a small document is taken for. */
const STEPS_OF_ONE = 200;

/** Gives documents that are all there with pauses between, so that what follows does not keep the thread. */
export function* paced<T>(items: Iterable<T>, make: (item: T) => Doc): DocStream {
  for (const item of items) {
    yield make(item);
    if (stretch.isDue(STEPS_OF_ONE)) yield PAUSE;
  }
}

export const itself = (document: Doc): Doc => document;

/** Gathers a stream's documents as far as they are allowed, passing its pauses on. */
export function* gather(stream: DocStream, spend: Spend): Generator<Pause, Doc[]> {
  const documents: Doc[] = [];
  yield* forEach(stream, (document) => {
    spend(weigh(document));
    documents.push(document);
  });
  return documents;
}

export function needDoc(stage: string, argument: Value): Doc {
  if (!isDoc(argument)) throw new MongoError(40272, `${stage} specification stage must be an object`);
  return argument;
}

export function positiveLong(stage: string, argument: Value, least: number): number {
  const n = isNumeric(argument) ? toNumber(argument) : NaN;
  if (!Number.isInteger(n) || n < least) {
    throw new MongoError(
      stage === '$limit' && n === 0 ? 15958 : 5107200,
      `invalid argument to ${stage} stage: Expected a ${least === 0 ? 'non-negative' : 'positive'} number in: ${stage}: ${typeName(argument)}`,
    );
  }
  return n;
}
