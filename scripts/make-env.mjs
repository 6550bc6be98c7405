/**
 * `node scripts/make-env.mjs [ADMIN_EMAIL]`: writes `.env` for docker-compose.yml with fresh secrets, readable by its
 * owner only, and prints the first administrator's password. Never overwrites one.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { passwordVariable } from './lib/broker-users.mjs';
import { catalogue } from './lib/catalogue.mjs';

const file = '.env';
if (existsSync(file)) {
  console.error('.env is already there; remove it first if its secrets may be lost.');
  process.exit(1);
}

const secret = () => randomBytes(32).toString('hex');
const admin = { email: process.argv[2] ?? 'admin@example.com', password: randomBytes(12).toString('base64url') };

const lines = [
  `ADMIN_EMAIL=${admin.email}`,
  `ADMIN_PASSWORD=${admin.password}`,
  `INTERNAL_SECRET=${secret()}`,
  `DEVICE_PASSWORD_KEY=${secret()}`,
  `MONGO_PASSWORD=${secret()}`,
  `AMQP_PASSWORD=${secret()}`,
  ...catalogue(process.env).map(({ name }) => `${passwordVariable(name)}=${secret()}`),
  `METRICS_TOKEN=${secret()}`,
];
writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
console.log(`.env is written. Sign in as ${admin.email} with the password ${admin.password}`);
