import { connect } from 'amqplib';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { claimPorts } from './claim-ports.js';
import { rabbitBinaries } from './rabbit-binaries.js';

const BOOT_LIMIT_MS = 90_000;
const POLL_MS = 50;

/** Ends the node's processes and removes its files when the test process has ended, for whatever reason: the pipe closes then. */
const WATCHDOG = 'read -r _; for f in "$1"/*.pid; do [ -f "$f" ] && kill -9 "$(cat "$f")"; done; rm -rf "$1"';

/** A virtual host of a node: exchanges and queues that no other one knows. */
export interface RabbitHost {
  readonly url: string;
  /** Its name, for `rabbitmqctl --vhost`. */
  readonly host: string;
  /** Runs `rabbitmqctl`; takes a second or two. */
  ctl(...args: string[]): Promise<string>;
}

/** A RabbitMQ node of a test's own on 127.0.0.1. */
export interface RabbitNode extends RabbitHost {
  /** Makes another virtual host, for tests that do not disturb the node itself. */
  addHost(): Promise<RabbitHost>;
  /** Ends the node and removes its files. */
  stop(): Promise<void>;
  /** SIGKILL; `restart` brings the node back with the data on its disk. */
  kill(): Promise<void>;
  /** Kills the node if it runs and starts it; resolves when it takes connections. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /**
   * Makes fresh declarations survive `kill`. RabbitMQ writes its list of quorum queues late. A queue that is not in the
   * list neither confirms nor delivers after the restart (seen on 3.10.8).
   */
  sync(): Promise<void>;
}

/** Returns a function that starts nodes. Where the binaries are missing it warns and returns `undefined`; with CI=true it throws. */
export const requireRabbit = (): (() => Promise<RabbitNode>) | undefined => {
  const { found, advice } = rabbitBinaries();
  if (found) return startRabbitNode;
  const message = `RabbitMQ is not on this machine: tests that need a broker are left out. ${advice}`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(message);
  return undefined;
};

interface Place {
  readonly dir: string;
  readonly port: number;
  readonly epmdPort: number;
  readonly environment: Record<string, string>;
}

/** The node writes everything, its cookie included, into one folder. Each port is free, that of the port mapper included. */
const preparePlace = async (): Promise<Place> => {
  const dir = mkdtempSync(join(tmpdir(), 'riparo-rabbit-'));
  const port = await claimPorts(3);
  const [distPort, epmdPort] = [port + 1, port + 2];
  mkdirSync(join(dir, 'home'));
  writeFileSync(join(dir, 'home', '.erlang.cookie'), randomBytes(16).toString('hex'), { mode: 0o400 });
  writeFileSync(join(dir, 'env.conf'), '');
  writeFileSync(join(dir, 'enabled_plugins'), '[].\n');
  const conf = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    'log.file = false',
    'log.console = true',
    'log.console.level = warning',
    'disk_free_limit.absolute = 10MB',
  ];
  writeFileSync(join(dir, 'rabbitmq.conf'), conf.join('\n'));
  const environment = {
    PATH: process.env.PATH ?? '',
    LANG: 'C.UTF-8',
    HOME: join(dir, 'home'),
    RABBITMQ_NODENAME: `riparo-${randomBytes(4).toString('hex')}@localhost`,
    RABBITMQ_CONF_ENV_FILE: join(dir, 'env.conf'),
    RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
    RABBITMQ_LOG_BASE: join(dir, 'log'),
    RABBITMQ_PID_FILE: join(dir, 'beam.pid'),
    RABBITMQ_DIST_PORT: String(distPort),
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // The script then becomes the node. Otherwise the script would stand between the node and its signals.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
  return { dir, port, epmdPort, environment };
};

const start = ({ dir, environment }: Place, name: string, command: string, args: string[]): ChildProcess => {
  const log = openSync(join(dir, `${name}.log`), 'a');
  const child = spawn(command, args, { env: environment, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  if (child.pid !== undefined) writeFileSync(join(dir, `${name}.pid`), String(child.pid));
  return child;
};

const end = async (dir: string, name: string, child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.ref();
    child.kill('SIGKILL');
    await gone;
  }
  rmSync(join(dir, `${name}.pid`), { force: true });
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const connection = await connect(url, { timeout: 2_000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
};

/** Starts a private node (about five seconds); resolves when it takes connections. */
export const startRabbitNode = async (): Promise<RabbitNode> => {
  const { found, folder = '', advice } = rabbitBinaries();
  if (!found) throw new Error(advice);
  const place = await preparePlace();
  const { dir, port, environment } = place;
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'sh', dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  (watchdog.stdin as unknown as Socket).unref();
  const epmd = start(place, 'epmd', 'epmd', ['-port', String(place.epmdPort)]);
  let node: ChildProcess | undefined;

  const boot = async (): Promise<void> => {
    node = start(place, 'node', join(folder, 'rabbitmq-server'), []);
    const limit = performance.now() + BOOT_LIMIT_MS;
    while (!(await answers(url))) {
      if (node.exitCode !== null || performance.now() > limit)
        throw new Error(`RabbitMQ did not start:\n${readFileSync(join(dir, 'node.log'), 'utf8').slice(-2_000)}`);
      await delay(POLL_MS);
    }
  };
  const kill = async (): Promise<void> => {
    if (node !== undefined) await end(dir, 'node', node);
    rmSync(join(dir, 'beam.pid'), { force: true });
  };
  const stop = async (): Promise<void> => {
    await kill();
    await end(dir, 'epmd', epmd);
    rmSync(dir, { recursive: true, force: true });
    watchdog.stdin.end();
  };

  const ctl = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(join(folder, 'rabbitmqctl'), ['--quiet', ...args], { env: environment });
    return stdout;
  };

  const addHost = async (): Promise<RabbitHost> => {
    const host = `host-${randomBytes(4).toString('hex')}`;
    const file = join(dir, `${host}.json`);
    const rights = { user: 'guest', vhost: host, configure: '.*', write: '.*', read: '.*' };
    writeFileSync(file, JSON.stringify({ vhosts: [{ name: host }], permissions: [rights] }));
    // Both in one call: each starts an Erlang of its own, which takes half a second of a core.
    await ctl('import_definitions', file);
    return { url: `${url}/${host}`, host, ctl };
  };

  try {
    await boot();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    host: '/',
    addHost,
    stop,
    kill,
    restart: async () => {
      await kill();
      await boot();
    },
    pause: () => void node?.kill('SIGSTOP'),
    resume: () => void node?.kill('SIGCONT'),
    sync: async () => {
      await ctl('eval', '[dets:sync(Table) || Table <- dets:all()].');
    },
    ctl,
  };
};
