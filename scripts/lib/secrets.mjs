import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const password = () => randomBytes(12).toString('base64url');
const key = () => randomBytes(32).toString('base64');
const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });

/** Secrets that an installation needs and makes by itself on its first start, unless the environment names them. */
const makers = { INTERNAL_SECRET: key, JWT_PRIVATE_KEY: rsaKey, ADMIN_PASSWORD: password };

/**
 * The secrets as variables for child processes: made once, kept as files only their owner can read (0600) in
 * `DATA_DIR/secrets`, handed over by `*_FILE`. `created` names those made just now.
 */
export const firstStartSecrets = (dataDir, env) => {
  const folder = join(dataDir, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const missing = Object.keys(makers).filter((name) => !env[name] && !env[`${name}_FILE`]);
  const created = missing.filter((name) => !existsSync(join(folder, name)));
  for (const name of created) writeFileSync(join(folder, name), makers[name](), { mode: 0o600, flag: 'wx' });
  return {
    created,
    variables: Object.fromEntries(missing.map((name) => [`${name}_FILE`, join(folder, name)])),
    read: (name) => env[name] ?? readFileSync(env[`${name}_FILE`] ?? join(folder, name), 'utf8'),
  };
};
