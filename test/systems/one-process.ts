import { freePort } from './free-ports.js';
import { endProcess, startScript, type Started } from './process.js';
import type { System, SystemOptions } from './system.js';

/** `npm start`: everything in one process on the embedded store. */
export const oneProcess = async (options: SystemOptions): Promise<System> => {
  const port = await freePort();
  let running: Started | undefined;
  const start = async (): Promise<void> => {
    running = startScript('scripts/start.mjs', {
      PORT: String(port),
      DATA_DIR: options.dataDir,
      ADMIN_EMAIL: options.adminEmail,
      ADMIN_PASSWORD: options.adminPassword,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(options.smtpPort),
      NOTIFY_CRON: '* * * * * *',
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'warn',
      ...options.env,
    });
    await running.ready;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (running) await endProcess(running.child, signal);
  };
  await start();
  return {
    mode: 'one process',
    url: `http://127.0.0.1:${port}`,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    output: () => running?.output() ?? '',
  };
};
