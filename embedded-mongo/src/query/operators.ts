import { compareValues, typeOrder } from '../bson/compare.js';
import { KEY } from '../bson/key.js';
import { BSON, Binary, Double, isNumeric, Regex, typeNames, typeOf, type Value } from '../bson/values.js';
import { badValue, failedToParse } from '../errors.js';
import { toNumber, truncate64 } from '../bson/number.js';
import { stretch } from '../stretch.js';
import { isOneOf } from './membership.js';
import type { LeafTest } from '../document/path.js';
import { regexTest } from '../document/regex.js';

function isNaNValue(value: Value | undefined): boolean {
  return value instanceof Double && Number.isNaN(value.value);
}

/** Equality of a query: null also stands for a missing field. */
export function equalTest(operand: Value): LeafTest {
  if (operand === null) return (value) => value === undefined || value === null;
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  return (value) => value !== undefined && compareValues(value, operand) === 0;
}

/** $gt, $gte, $lt and $lte hold only between values of the same type bracket; MinKey and MaxKey meet every type. */
export function orderTest(op: string, operand: Value): LeafTest {
  const accepts: (order: number) => boolean =
    op === '$gt' ? (o) => o > 0 : op === '$gte' ? (o) => o >= 0 : op === '$lt' ? (o) => o < 0 : (o) => o <= 0;
  const bracket = typeOrder(operand);
  const open = bracket === KEY.minKey || bracket === KEY.maxKey;
  const orEqual = op === '$gte' || op === '$lte';
  return (value) => {
    if (value === undefined && operand !== null) return open && accepts(compareValues(null, operand));
    if (!open && typeOrder(value) !== bracket) return false;
    if (isNaNValue(value) || isNaNValue(operand)) return orEqual && isNaNValue(value) && isNaNValue(operand);
    return accepts(compareValues(value, operand));
  };
}

/** Up to so many values are compared one by one; more are looked up. */
const FEW = 16;
/** Steps for each value that has to be looked up later. */
const STEPS_OF_VALUE = 2;

export function inTest(operands: readonly Value[]): LeafTest {
  stretch.spend(operands.length * STEPS_OF_VALUE);
  if (operands.length <= FEW) {
    const tests = operands.map((operand) => (operand instanceof Regex ? regexTest(operand) : equalTest(operand)));
    return (value) => tests.some((test) => test(value));
  }
  const patterns = operands.filter((operand) => operand instanceof Regex).map(regexTest);
  const values = patterns.length > 0 ? operands.filter((operand) => !(operand instanceof Regex)) : operands;
  const [isValue, takesMissing] = [isOneOf(values), values.includes(null)];
  return (value) => (value === undefined ? takesMissing : isValue(value)) || patterns.some((test) => test(value));
}

const numberTypes: readonly number[] = [BSON.double, BSON.int, BSON.long, BSON.decimal];

function typeCodes(operand: Value): readonly number[] {
  if (operand === 'number') return numberTypes;
  if (typeof operand === 'string') {
    for (const [code, name] of typeNames) if (name === operand) return [code];
    throw badValue(`Unknown type name alias: ${operand}`);
  }
  const code = isNumeric(operand) ? toNumber(operand) : NaN;
  if (code === -1) return [BSON.minKey];
  if (typeNames.has(code) && code !== 255) return [code];
  throw badValue(`Invalid numerical type code: ${code}`);
}

export function typeTest(operand: Value): LeafTest {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw failedToParse('$type must match at least one type');
  const codes = new Set(list.flatMap(typeCodes));
  return (value) => value !== undefined && codes.has(typeOf(value));
}

export function modTest(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((part) => (isNumeric(part) ? truncate64(part) : undefined));
  if (divisor === undefined) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined) throw badValue('malformed mod, remainder not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    const whole = isNumeric(value) ? truncate64(value) : undefined;
    return whole !== undefined && whole % divisor === remainder;
  };
}

export function sizeTest(operand: Value): LeafTest {
  const size = isNumeric(operand) ? toNumber(operand) : NaN;
  if (Number.isNaN(size)) throw failedToParse('Failed to parse $size. Expected a number');
  if (!Number.isInteger(size)) throw failedToParse(`Failed to parse $size. Expected an integer: ${size}`);
  if (size < 0) throw failedToParse('Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === size;
}

function bitMask(op: string, operand: Value): bigint {
  if (operand instanceof Binary) {
    return operand.bytes.reduce((mask, byte, i) => mask | (BigInt(byte) << BigInt(8 * i)), 0n);
  }
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((mask, position) => {
      const bit = isNumeric(position) ? toNumber(position) : -1;
      if (!Number.isInteger(bit) || bit < 0) throw badValue(`${op} takes non-negative bit positions`);
      return mask | (1n << BigInt(bit));
    }, 0n);
  }
  const mask = isNumeric(operand) ? toNumber(operand) : -1;
  if (!Number.isInteger(mask) || mask < 0) throw badValue(`${op} takes an Array, a number, or a BinData`);
  return BigInt(mask);
}

function bitsOf(value: Value | undefined): bigint | undefined {
  if (value instanceof Binary) {
    return value.bytes.reduce((bits, byte, i) => bits | (BigInt(byte) << BigInt(8 * i)), 0n);
  }
  if (!isNumeric(value) || !Number.isInteger(toNumber(value))) return undefined;
  return truncate64(value);
}

export function bitsTest(op: string, operand: Value): LeafTest {
  const mask = bitMask(op, operand);
  const accepts: Record<string, (set: bigint) => boolean> = {
    $bitsAllSet: (set) => set === mask,
    $bitsAllClear: (set) => set === 0n,
    $bitsAnySet: (set) => set !== 0n,
    $bitsAnyClear: (set) => set !== mask,
  };
  return (value) => {
    const bits = bitsOf(value);
    return bits !== undefined && (accepts[op]?.(bits & mask) ?? false);
  };
}
