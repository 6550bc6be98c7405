import { compareValues } from '../bson/compare.js';
import { formatValue } from '../bson/format.js';
import { arithmetic, toDecimal } from '../bson/number.js';
import { Decimal, Double, isDoc, isNumeric, Timestamp, typeName, type Value } from '../bson/values.js';
import { badValue, failedToParse, typeMismatch } from '../errors.js';
import { addToSet, pop, pull, pullAll, push } from './array-changes.js';
import type { ApplyOptions, Change } from '../document/change-at.js';

/** What an operator makes of one of its fields, given the document for messages. */
export interface OperatorChange extends ApplyOptions {
  change: (id: Value | undefined) => Change;
  onInsertOnly?: boolean;
}

function numeric(op: '+' | '*', name: string, path: string, argument: Value): OperatorChange {
  if (!isNumeric(argument)) {
    throw typeMismatch(`Cannot ${op === '+' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${formatValue(argument)}}`);
  }
  const zero = (): Value => {
    if (argument instanceof Decimal) return toDecimal(0);
    if (argument instanceof Double) return new Double(0);
    return typeof argument === 'bigint' ? 0n : 0;
  };
  const change =
    (id: Value | undefined): Change =>
    (value) => {
      if (value === undefined) return op === '+' ? argument : zero();
      if (!isNumeric(value)) {
        throw typeMismatch(
          `Cannot apply ${name} to a value of non-numeric type. {_id: ${formatValue(id)}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeName(value)}`,
        );
      }
      const result = arithmetic(op, value, argument);
      if (result === undefined)
        throw badValue(
          `Failed to apply ${name} operations to current value (${formatValue(value)}) for document {_id: ${formatValue(id)}}`,
        );
      return result;
    };
  return { create: true, change };
}

function extreme(sign: 1 | -1, argument: Value): OperatorChange {
  return {
    create: true,
    change: () => (value) => (value === undefined || compareValues(argument, value) * sign > 0 ? argument : value),
  };
}

function currentDate(path: string, argument: Value): OperatorChange {
  const type = isDoc(argument) ? argument.get('$type') : argument === true || argument === false ? 'date' : undefined;
  if (type === undefined)
    throw badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  if (type !== 'date' && type !== 'timestamp')
    throw badValue(`The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {${path}: {$type: 'date'}}}`);
  const now = (): Value => (type === 'date' ? new Date() : new Timestamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | 1n));
  return { create: true, change: () => now };
}

function bit(path: string, argument: Value): OperatorChange {
  if (!isDoc(argument))
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}}`,
    );
  const steps = [...argument].map(([op, operand]): [string, number | bigint] => {
    if (op !== 'and' && op !== 'or' && op !== 'xor')
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${op}' which is an unknown operator: {${op}: ${formatValue(operand)}}`,
      );
    if (typeof operand !== 'number' && typeof operand !== 'bigint')
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${op}: ${formatValue(operand)}}`,
      );
    return [op, operand];
  });
  if (steps.length === 0)
    throw badValue(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}}`);
  const apply = (value: Value | undefined): Value => {
    const start = value ?? 0;
    if (typeof start !== 'number' && typeof start !== 'bigint')
      throw badValue(`Cannot apply $bit to a value of non-integral type. The field '${path}' has type ${typeName(start)}`);
    const long = typeof start === 'bigint' || steps.some(([, operand]) => typeof operand === 'bigint');
    const result = steps.reduce((bits, [op, operand]) => {
      const other = BigInt(operand);
      return op === 'and' ? bits & other : op === 'or' ? bits | other : bits ^ other;
    }, BigInt(start));
    return long ? BigInt.asIntN(64, result) : Number(BigInt.asIntN(32, result));
  };
  return { create: true, change: () => apply };
}

/** One field of one update operator as a change. $rename is not here: it concerns two paths. */
export function operatorChange(operator: string, path: string, argument: Value): OperatorChange {
  switch (operator) {
    case '$set':
      return { create: true, change: () => () => argument };
    case '$setOnInsert':
      return { create: true, onInsertOnly: true, change: () => () => argument };
    case '$unset':
      return { create: false, change: () => () => undefined };
    case '$inc':
      return numeric('+', operator, path, argument);
    case '$mul':
      return numeric('*', operator, path, argument);
    case '$min':
      return extreme(-1, argument);
    case '$max':
      return extreme(1, argument);
    case '$currentDate':
      return currentDate(path, argument);
    case '$bit':
      return bit(path, argument);
    default:
      return arrayChange(operator, path, argument);
  }
}

function arrayChange(operator: string, path: string, argument: Value): OperatorChange {
  const fixed = (change: Change, create: boolean): OperatorChange => ({ create, change: () => change });
  switch (operator) {
    case '$push':
      return fixed(push(path, argument), true);
    case '$addToSet':
      return fixed(addToSet(path, argument), true);
    case '$pop':
      return fixed(pop(path, argument), false);
    case '$pull':
      return fixed(pull(path, argument), false);
    case '$pullAll':
      return fixed(pullAll(path, argument), false);
    case '$pushAll':
      throw failedToParse('Unknown modifier: $pushAll. Expected a valid update modifier or pipeline-style update specified as an array');
    default:
      throw failedToParse(`Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`);
  }
}
