import { readFileSync } from 'node:fs';
import type Joi from 'joi';

/** One configuration key, read from the environment variable of its name. */
export interface ConfigKey<T> {
  readonly schema: Joi.Schema;
  /** One sentence with the unit, for `--print-config` and the documentation. */
  readonly description: string;
  /** A secret is never printed. It may also come from the file that `<KEY>_FILE` names. */
  readonly secret: boolean;
  /** Carries the value's type for `ConfigOf`; never set. */
  readonly type?: T;
}

export type ConfigKeys = Readonly<Record<string, ConfigKey<unknown>>>;

/** The typed values of a set of keys. */
export type ConfigOf<K extends ConfigKeys> = { readonly [Name in keyof K]: K[Name] extends ConfigKey<infer T> ? T : never };

/** `PORT: key<number>(Joi.number().port().default(8080), 'TCP port to listen on')`. */
export const key = <T>(schema: Joi.Schema, description: string): ConfigKey<T> => ({ schema, description, secret: false });

export const secretKey = <T>(schema: Joi.Schema, description: string): ConfigKey<T> => ({ schema, description, secret: true });

export type Environment = Readonly<Record<string, string | undefined>>;

/** All faults of the configuration, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** A process's configuration. It is read once, at the start of the process. */
export interface Configuration<C> {
  /** Throws `ConfigError` with all faults. */
  load(): C;
  /** The text of `--print-config`. */
  print(): string;
}

interface Reading {
  readonly name: string;
  readonly value?: unknown;
  readonly fault?: string;
  readonly source: 'environment' | 'file' | 'default';
}

/** An empty variable counts as unset: compose files pass a variable that nobody has set as an empty text. */
const valueOf = (env: Environment, name: string): string | undefined => (env[name] === '' ? undefined : env[name]);

const readSecretFile = (name: string, path: string): { readonly text?: string; readonly fault?: string } => {
  try {
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    return {
      fault: `${name}_FILE: cannot read "${path}" (${(error as NodeJS.ErrnoException).code ?? 'error'}). Name a readable file or unset it.`,
    };
  }
};

const readKey = (name: string, { schema, secret, description }: ConfigKey<unknown>, env: Environment): Reading => {
  const direct = valueOf(env, name);
  const path = secret ? valueOf(env, `${name}_FILE`) : undefined;
  const source = direct !== undefined ? 'environment' : path !== undefined ? 'file' : 'default';
  if (direct !== undefined && path !== undefined) {
    return { name, source, fault: `${name}: set either ${name} or ${name}_FILE, not both.` };
  }
  const file = path === undefined ? {} : readSecretFile(name, path);
  if (file.fault !== undefined) return { name, source, fault: file.fault };
  const result = schema.validate(direct ?? file.text, { errors: { label: false } }) as Joi.ValidationResult<unknown>;
  const error = result.error;
  if (error === undefined) return { name, source, value: result.value };
  // joi's message may hold the value, and the fault of a secret must not show its value.
  const reason = secret && error.details[0]?.type !== 'any.required' ? 'is not valid' : error.message;
  return { name, source, fault: `${name}${secret ? ` (or ${name}_FILE)` : ''}: ${reason}. ${description}.` };
};

const shown = ({ value, fault, name }: Reading, { secret }: ConfigKey<unknown>): string => {
  if (fault !== undefined) return `!! ${fault}`;
  if (value === undefined) return `${name}=`;
  return `${name}=${secret ? '[hidden]' : JSON.stringify(value).replace(/^"(.*)"$/, '$1')}`;
};

/** The typed values; throws `ConfigError` with all faults. */
export const loadConfig = <K extends ConfigKeys>(keys: K, env: Environment): ConfigOf<K> => {
  const readings = Object.entries(keys).map(([name, entry]) => readKey(name, entry, env));
  const faults = readings.flatMap(({ fault }) => fault ?? []);
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.fromEntries(readings.map(({ name, value }) => [name, value])) as ConfigOf<K>;
};

/** Every key with its description, source and value; secrets are hidden. Works with faulty values too. */
export const printConfig = (keys: ConfigKeys, env: Environment): string =>
  Object.entries(keys)
    .map(([name, entry]) => {
      const reading = readKey(name, entry, env);
      return `# ${entry.description} (${reading.source})\n${shown(reading, entry)}\n`;
    })
    .join('');

/** Declares a process's configuration. Only a `config.ts` calls this, with `process.env`. */
export const defineConfig = <K extends ConfigKeys>(keys: K, env: Environment): Configuration<ConfigOf<K>> => ({
  load: () => loadConfig(keys, env),
  print: () => printConfig(keys, env),
});
