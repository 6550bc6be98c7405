import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Secrets that all processes of an installation share and that it makes by itself on its first start, unless the
 * environment names them. (The keys of access tokens and the first administrator's password are auth's own to make.)
 */
const makers = {
  INTERNAL_SECRET: () => randomBytes(32).toString('base64'),
  DEVICE_PASSWORD_KEY: () => randomBytes(32).toString('hex'),
};

/** As variables for child processes: made once, kept in `DATA_DIR/secrets` for their owner only (0600), given as `*_FILE`. */
export const firstStartSecrets = (dataDir, env) => {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const missing = Object.keys(makers).filter((name) => !env[name] && !env[`${name}_FILE`]);
  for (const name of missing.filter((one) => !existsSync(join(folder, one)))) {
    writeFileSync(join(folder, name), makers[name](), { mode: 0o600, flag: 'wx' });
  }
  return Object.fromEntries(missing.map((name) => [`${name}_FILE`, join(folder, name)]));
};
