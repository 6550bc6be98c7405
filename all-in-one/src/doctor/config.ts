import { ConfigError, loadConfig, type ConfigKey, type Environment } from '@riparo/shared/config/load-config';
import { allInOneKeys, type AllInOneConfig } from '../config.js';

export interface ReadConfig {
  /** Only keys whose values are valid. */
  readonly config: Partial<AllInOneConfig>;
  /** As the start would list them. */
  readonly faults: readonly string[];
  /** Texts that must not be shown. */
  readonly secrets: readonly string[];
}

/** Passwords inside of addresses such as `amqp://user:password@host`. */
const passwordIn = (text: string): readonly string[] => {
  const [, password] = /^[a-z+]+:\/\/[^@/]*:([^@/]+)@/.exec(text) ?? [];
  return password === undefined ? [] : [password, decodeURIComponent(password)];
};

const secretsOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value, ...passwordIn(value)] : []);

/** Reads key by key, so that one fault hides nothing else. */
export const readConfig = (env: Environment): ReadConfig => {
  const config: Record<string, unknown> = {};
  const faults: string[] = [];
  const secrets: string[] = [];
  for (const [name, key] of Object.entries<ConfigKey<unknown>>(allInOneKeys)) {
    if (key.secret) secrets.push(...secretsOf(env[name]));
    try {
      config[name] = loadConfig({ [name]: key }, env)[name];
      if (key.secret) secrets.push(...secretsOf(config[name]));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults);
    }
  }
  return { config, faults, secrets: secrets.filter(({ length }) => length >= 4) };
};

export const read = (): ReadConfig => readConfig(process.env);
