import { decimalText } from './decimal.js';
import { Binary, Decimal, Double, MaxKey, MinKey, ObjectId, Regex, Timestamp, typeName, type Value } from './values.js';

/** So many parts of a value are shown. */
const MOST_PARTS = 1000;

/** The parts in a row; of a long one the beginning. */
function formatParts(parts: readonly string[], size: number): string {
  return [...parts, ...(size > MOST_PARTS ? ['...'] : [])].join(', ');
}

/** A value the way MongoDB writes it in its messages. */
export function formatValue(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Decimal) return decimalText(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Binary) return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (value instanceof Regex) return `/${value.pattern}/${value.flags}`;
  if (value instanceof Timestamp) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`;
  if (value instanceof MinKey) return 'MinKey';
  if (value instanceof MaxKey) return 'MaxKey';
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[ ${formatParts(value.slice(0, MOST_PARTS).map(formatValue), value.length)} ]`;
  if (value instanceof Map) {
    const fields = [...value].slice(0, MOST_PARTS).map(([name, field]) => `${name}: ${formatValue(field)}`);
    return fields.length === 0 ? '{}' : `{ ${formatParts(fields, value.size)} }`;
  }
  return typeName(value);
}
