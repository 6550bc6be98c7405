import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AllInOneConfig } from '../config.js';
import { sentenceOf } from '../backup/fault.js';
import type { ReadConfig } from './config.js';
import { checkDatabase } from './check-database.js';
import { checkDirectory } from './check-directory.js';
import { checkBroker, checkMail, checkMongo, checkPort } from './check-outside.js';
import { fail, ok, warn, type Finding } from './finding.js';
import type { DeviceKeys } from './observe.js';

const OLDEST_NODE = [20, 19] as const;

const checkNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    return fail(`Node.js ${version}`, 'install 20.19 or newer, best the newest LTS');
  return major % 2 === 1 ? warn(`Node.js ${version} is no LTS version`, 'install the newest LTS') : ok(`Node.js ${version}`);
};

const checkTimeZone = (): Finding => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as { timeZone?: string };
  return timeZone === undefined || timeZone === 'Etc/Unknown'
    ? warn(
        'the time zone of this machine is not known',
        'set TZ to a name such as Europe/Rome; days of the centre follow DEFAULT_TIMEZONE all the same',
      )
    : ok(`the time zone of this machine is ${timeZone}`);
};

/** The key as the start would read it. */
const deviceKeys = ({ DATA_DIR, DEVICE_PASSWORD_KEY, DEVICE_PASSWORD_OLD_KEYS = [] }: Partial<AllInOneConfig>): DeviceKeys | undefined => {
  if (DEVICE_PASSWORD_KEY !== undefined) return { DEVICE_PASSWORD_KEY, DEVICE_PASSWORD_OLD_KEYS };
  const file = [join(DATA_DIR ?? '', 'device-password-key'), join(DATA_DIR ?? '', 'secrets', 'DEVICE_PASSWORD_KEY')].find((one) =>
    existsSync(one),
  );
  if (file === undefined) return undefined;
  const text = readFileSync(file, 'utf8').trim();
  return /^[0-9a-fA-F]{64}$/.test(text) ? { DEVICE_PASSWORD_KEY: text, DEVICE_PASSWORD_OLD_KEYS } : undefined;
};

/** A check that cannot be made is a finding too. */
const tried = async (name: string, check: () => Promise<readonly Finding[]> | readonly Finding[]): Promise<readonly Finding[]> => {
  try {
    return await check();
  } catch (error) {
    return [fail(`${name} could not be looked at: ${sentenceOf(error)}`, 'mend that and ask again')];
  }
};

/** Everything that is looked at, in the order of a start: program, configuration, directory, database, what lies outside. */
export const examine = async ({ config, faults }: ReadConfig, now: Date): Promise<readonly Finding[]> => {
  const dataDir = config.DATA_DIR ?? './data';
  const configured = { internalSecret: config.INTERNAL_SECRET !== undefined, devicePasswordKey: config.DEVICE_PASSWORD_KEY !== undefined };
  const whole = config as AllInOneConfig;
  const embedded = config.MONGO_URL === undefined;
  const found = [
    [checkNode(process.versions.node), checkTimeZone()],
    faults.length === 0 ? [ok('the configuration is valid')] : faults.map((text) => fail(text, 'correct it; the start refuses it')),
    await tried('the data directory', () => checkDirectory({ dataDir, now, configured })),
    embedded ? await tried('the database', () => checkDatabase({ dataDir, now, keys: deviceKeys(config) })) : [],
    await tried('MONGO_URL', () => checkMongo(whole)),
    await tried('AMQP_URL', () => checkBroker(whole)),
    await tried('the port', async () => (config.PORT === undefined || config.HOST === undefined ? [] : [await checkPort(whole)])),
    await tried('the mail server', async () => [await checkMail(whole)]),
  ];
  return found.flat();
};
