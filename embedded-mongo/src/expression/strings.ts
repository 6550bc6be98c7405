import { compareStrings } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { eager, isNullish } from './arguments.js';
import { conversionOperators } from './conversions.js';
import { fieldsOf } from './control.js';
import type { OperatorCompiler } from './expression.js';

function text(name: string, value: Value | undefined): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  const converted = conversionOperators.$toString?.(new Map([['$literal', value]]), () => () => value)(new Map());
  if (typeof converted === 'string') return converted;
  throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String in ${name}`);
}

export function needText(name: string, value: Value | undefined, code = 16702): string {
  if (typeof value !== 'string') throw new MongoError(code, `${name} only supports strings, not ${typeName(value)}`);
  return value;
}

function concat(args: (Value | undefined)[]): Value {
  let result = '';
  for (const arg of args) {
    if (isNullish(arg)) return null;
    result += needText('$concat', arg);
  }
  return result;
}

function whole(name: string, value: Value | undefined): number {
  if (!isNumeric(value) || !Number.isInteger(toNumber(value)))
    throw new MongoError(34450, `${name}: starting index and length must be integral`);
  return toNumber(value);
}

function substrCP([value, start, length]: (Value | undefined)[]): Value {
  const points = Array.from(text('$substrCP', value));
  const from = whole('$substrCP', start);
  const count = whole('$substrCP', length);
  if (from < 0) throw new MongoError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return points.slice(from, count < 0 ? undefined : from + count).join('');
}

function substrBytes([value, start, length]: (Value | undefined)[]): Value {
  const bytes = Buffer.from(text('$substrBytes', value));
  const from = whole('$substrBytes', start);
  const count = whole('$substrBytes', length);
  if (from < 0) throw new MongoError(50752, '$substrBytes: starting index must be non-negative');
  const inside = (at: number): boolean => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
  const to = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  if (inside(from)) throw new MongoError(28656, '$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.');
  if (inside(to)) throw new MongoError(28657, '$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.toString('utf8', from, to);
}

/** What $trim removes by default (manual: reference/operator/aggregation/trim). */
const WHITESPACE = Array.from('\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');

function trim(name: string, left: boolean, right: boolean): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    const fields = fieldsOf(name, argument, ['input'], ['chars']);
    const input = compile(fields.get('input') ?? null);
    const chars = fields.has('chars') ? compile(fields.get('chars') ?? null) : undefined;
    return (scope) => {
      const value = input(scope);
      const set = chars?.(scope);
      if (isNullish(value) || (chars && isNullish(set))) return null;
      const points = Array.from(needText(name, value, 50699));
      const drop = new Set(chars ? Array.from(needText(name, set, 50700)) : WHITESPACE);
      let [from, to] = [0, points.length];
      while (left && from < to && drop.has(points[from] ?? '')) from++;
      while (right && to > from && drop.has(points[to - 1] ?? '')) to--;
      return points.slice(from, to).join('');
    };
  };
  return { [name]: compiler };
}

function replace(name: string, all: boolean): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    const fields = fieldsOf(name, argument, ['input', 'find', 'replacement']);
    const parts = ['input', 'find', 'replacement'].map((key) => compile(fields.get(key) ?? null));
    return (scope) => {
      const values = parts.map((part) => part(scope));
      if (values.some(isNullish)) return null;
      const [input = '', find = '', replacement = ''] = values.map((value) => needText(name, value, 51746));
      return all ? input.replaceAll(find, () => replacement) : input.replace(find, () => replacement);
    };
  };
  return { [name]: compiler };
}

function indexOf(
  name: string,
  count: (prefix: string) => number,
  cut: (value: string, from: number, to: number | undefined) => string,
): Record<string, OperatorCompiler> {
  return eager(name, 2, 4, ([value, find, start, end]) => {
    if (isNullish(value)) return null;
    const from = start === undefined ? 0 : whole(name, start);
    const window = cut(needText(name, value, 40091), from, end === undefined ? undefined : whole(name, end));
    const at = window.indexOf(needText(name, find, 40092));
    return at < 0 ? -1 : from + count(window.slice(0, at));
  });
}

export const stringOperators: Record<string, OperatorCompiler> = {
  ...eager('$concat', 0, Infinity, concat),
  ...eager('$toLower', 1, 1, ([value]) => text('$toLower', value).replace(/[A-Z]/g, (c) => c.toLowerCase())),
  ...eager('$toUpper', 1, 1, ([value]) => text('$toUpper', value).replace(/[a-z]/g, (c) => c.toUpperCase())),
  ...eager('$strcasecmp', 2, 2, ([a, b]) => compareStrings(text('$strcasecmp', a).toUpperCase(), text('$strcasecmp', b).toUpperCase())),
  ...eager('$strLenCP', 1, 1, ([value]) => Array.from(needText('$strLenCP', value, 34471)).length),
  ...eager('$strLenBytes', 1, 1, ([value]) => Buffer.byteLength(needText('$strLenBytes', value, 34473))),
  ...eager('$substrCP', 3, 3, substrCP),
  ...eager('$substrBytes', 3, 3, substrBytes),
  ...eager('$substr', 3, 3, substrBytes),
  ...eager('$split', 2, 2, ([value, separator]) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
    return needText('$split', value, 40085).split(needText('$split', separator, 40086));
  }),
  ...indexOf(
    '$indexOfCP',
    (prefix) => Array.from(prefix).length,
    (value, from, to) => Array.from(value).slice(from, to).join(''),
  ),
  ...indexOf(
    '$indexOfBytes',
    (prefix) => Buffer.byteLength(prefix),
    (value, from, to) => Buffer.from(value).toString('utf8', from, to),
  ),
  ...trim('$trim', true, true),
  ...trim('$ltrim', true, false),
  ...trim('$rtrim', false, true),
  ...replace('$replaceOne', false),
  ...replace('$replaceAll', true),
};
