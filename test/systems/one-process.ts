import { join } from 'node:path';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { startEmbeddedMongo } from 'embedded-mongo';
import { endProcess, startScript, type Started } from './process.js';
import type { System, SystemOptions } from './system.js';

/** `npm start`: everything in one process on the embedded store. */
export const oneProcess = async (options: SystemOptions): Promise<System> => {
  const port = await claimPorts(1);
  let running: Started | undefined;
  const start = async (): Promise<void> => {
    const env = {
      PORT: String(port),
      DATA_DIR: options.dataDir,
      ADMIN_EMAIL: options.adminEmail,
      ADMIN_PASSWORD: options.adminPassword,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(options.smtpPort),
      NOTIFY_CRON: '* * * * * *',
      NOTIFY_HOLD_SECONDS: '0',
      BCRYPT_COST: '4',
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'warn',
      ...options.env,
    };
    running = startScript('scripts/start.mjs', env, options.root);
    await running.ready;
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => (running ? endProcess(running.child, signal) : null);
  await start();
  return {
    mode: 'one process',
    url: `http://127.0.0.1:${port}`,
    start,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    openDatabase: async () => {
      const server = await startEmbeddedMongo({ dataDir: join(options.dataDir, 'mongo') });
      return { url: server.url, close: () => server.stop() };
    },
    output: () => running?.output() ?? '',
  };
};
