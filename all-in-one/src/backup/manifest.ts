import { readFileSync } from 'node:fs';
import Joi from 'joi';
import { fault } from './fault.js';

/** Changes whenever an archive is written differently. */
const FORMAT = 1;
export const MANIFEST = 'manifest.json';
/** The database inside of an archive and below `DATA_DIR`. */
export const DATABASE = 'mongo/data.mdb';

export interface Entry {
  /** Path below `DATA_DIR`, parts divided by `/`. */
  readonly path: string;
  readonly size: number;
  /** Permission bits, such as 0o600. */
  readonly mode: number;
  readonly sha256: string;
}

/** The first file of an archive: what is in it, and which version can read it. */
export interface Manifest {
  readonly format: number;
  /** The version of Riparo that wrote the archive. */
  readonly riparo: string;
  readonly createdAt: string;
  readonly entries: readonly Entry[];
}

/** A path that stays below the directory on every system: no empty part, no `..`, no drive, no backslash. */
const PART = String.raw`(?!\.{1,2}(?:\/|$))[^\\/:\0]{1,255}`;
const PATH = new RegExp(`^${PART}(?:/${PART}){0,8}$`, 'u');
const VERSION = /^\d+\.\d+\.\d+/;

const schema = Joi.object<Manifest>({
  format: Joi.number().integer().min(1).required(),
  riparo: Joi.string().pattern(VERSION).required(),
  createdAt: Joi.string().isoDate().required(),
  entries: Joi.array()
    .items(
      Joi.object<Entry>({
        path: Joi.string().pattern(PATH).required(),
        size: Joi.number().integer().min(0).required(),
        mode: Joi.number().integer().min(0).max(0o777).required(),
        sha256: Joi.string().hex().length(64).required(),
      }),
    )
    .unique('path')
    .has(Joi.object({ path: DATABASE }).unknown())
    .required(),
}).unknown();

/** The version of this program. */
export const ownVersion = (): string => {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
};

const numbersOf = (version: string): readonly number[] => (VERSION.exec(version)?.[0] ?? '0.0.0').split('.').map(Number);

/** Whether the first version came after the second. */
export const isNewer = (one: string, other: string): boolean => {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] as number) > (right[at] as number);
};

export const newManifest = (entries: readonly Entry[], now: Date): Manifest => ({
  format: FORMAT,
  riparo: ownVersion(),
  createdAt: now.toISOString(),
  entries,
});

/** Reads the manifest of an archive; refuses what this version cannot restore. */
export const readManifest = (bytes: Buffer): Manifest => {
  const value = parse(bytes);
  const { format, riparo } = value as Partial<Manifest>;
  // A newer archive may hold what this version does not know, so its version counts before its content is judged.
  if (typeof format === 'number' && format > FORMAT)
    throw fault(`The archive has format ${format} and this version of Riparo reads up to ${FORMAT}. Restore it with a newer version.`);
  if (typeof riparo === 'string' && VERSION.test(riparo) && isNewer(riparo, ownVersion()))
    throw fault(`The archive was written by Riparo ${riparo} and this is ${ownVersion()}. Restore it with ${riparo} or a newer version.`);
  const result = schema.validate(value, { convert: false });
  if (result.error !== undefined) throw fault(`The archive is damaged: its manifest is not valid (${result.error.message}).`);
  return result.value;
};

const parse = (bytes: Buffer): object => {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw fault('The archive is damaged: its manifest cannot be read.', error);
  }
  if (typeof value !== 'object' || value === null) throw fault('The archive is damaged: its manifest cannot be read.');
  return value;
};
