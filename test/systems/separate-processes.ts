import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areFree, claimPorts } from '@riparo/shared/testing/claim-ports';
import { eventually } from '@riparo/shared/testing/eventually';
import { endProcess, startScript, type Started } from './process.js';
import type { System, SystemOptions } from './system.js';

/** The gateway, the database and every service with its instances. */
const PORTS = 40;

/** In the order of their ports behind that of the database. */
const SERVICES = ['auth', 'tickets', 'assets', 'notifications', 'reports', 'billing'];

interface Pids {
  readonly supervisor: number;
  readonly processes: Readonly<Record<string, number>>;
}

const killNow = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** `npm run start:services`: a process per service (two of tickets) on RabbitMQ. */
export const separateProcesses = async (options: SystemOptions & { readonly amqpUrl: string }): Promise<System> => {
  const base = await claimPorts(PORTS);
  let running: Started | undefined;
  const pids = (): Pids => JSON.parse(readFileSync(join(options.dataDir, 'pids.json'), 'utf8')) as Pids;
  const start = async (): Promise<void> => {
    running = startScript('scripts/start-services.mjs', {
      PORT: String(base + PORTS - 1),
      SERVICE_PORT_BASE: String(base),
      DATA_DIR: options.dataDir,
      AMQP_URL: options.amqpUrl,
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
    });
    await running.ready;
  };
  await start();
  return {
    mode: 'separate processes',
    url: `http://127.0.0.1:${base + PORTS - 1}`,
    start,
    kill: async () => {
      if (!running) return;
      // The supervisor first, or it would start again what dies.
      await endProcess(running.child, 'SIGKILL');
      Object.values(pids().processes).forEach(killNow);
      // What was killed lives on for some milliseconds.
      await eventually(() => areFree(base, PORTS));
    },
    stop: async () => (running ? endProcess(running.child, 'SIGTERM') : null),
    openDatabase: () => Promise.resolve({ url: `mongodb://127.0.0.1:${base}`, close: () => Promise.resolve() }),
    serviceUrl: (service) => `http://127.0.0.1:${base + 1 + SERVICES.indexOf(service)}`,
    output: () => running?.output() ?? '',
  };
};
