import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';

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
