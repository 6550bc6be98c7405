import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@riparo/shared/config/load-config';
import type { Logger } from 'pino';
import { allInOneKeys, type AllInOneConfig } from '../config.js';
import { startAllInOne } from '../start.js';
import { MAIL_DOMAIN, OWNER } from './content/staff.js';
import { at, daysUntil } from './days.js';
import { createDice } from './dice.js';
import { hireStaff, PASSWORD, stockUp, welcomeClients, type Bare } from './furnish.js';
import { createPerson, type Person } from './person.js';
import { play } from './play.js';
import { setUpStage } from './set-up-stage.js';
import { specialStories } from './special-stories.js';
import { storiesOf } from './stories.js';
import { upkeepStory } from './upkeep-story.js';
import type { World } from './world.js';

export interface FillOptions {
  /** Of the process: its cost of passwords, its secrets and its address count for the filling, too. */
  readonly config: AllInOneConfig;
  readonly log: Logger;
  /** The end of the history. */
  readonly end: Date;
}

/** Who can sign in, one of each role. */
export type SignIns = readonly Pick<Person, 'role' | 'name' | 'email'>[];

const SEED = 20_260_101;

/**
 * No mail leaves, nobody is throttled, and nobody reaches it. Messages are handed over when the next one is raised, a
 * quarter of an hour of the history later at the earliest: taken together they cost a fraction.
 */
const configOf = ({ config: { BCRYPT_COST, INTERNAL_SECRET, DEVICE_PASSWORD_KEY, PUBLIC_URL, DATA_DIR, PORT } }: FillOptions) => {
  const given = { INTERNAL_SECRET, DEVICE_PASSWORD_KEY, PUBLIC_URL: PUBLIC_URL ?? `http://localhost:${PORT}` };
  return loadConfig(allInOneKeys, {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    BCRYPT_COST: String(BCRYPT_COST),
    DATA_DIR,
    PORT: '0',
    HOST: '127.0.0.1',
    RATE_LIMIT_PER_MINUTE: '0',
    ADMIN_EMAIL: OWNER.email,
    ADMIN_PASSWORD: PASSWORD,
    MAIL_FROM: `Officina Digitale <banco@${MAIL_DOMAIN}>`,
    TECHNICIAN_CAPACITY: '40',
    NOTIFY_CRON: '0 0 0 1 1 *',
    NOTIFY_HOLD_SECONDS: '900',
  });
};

/** The database of a filling does not wait for the disk at each write: all of it is written out once, here. */
const keepOnDisk = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory)) {
    const file = await open(join(directory, name), 'r+');
    await file.sync();
    await file.close();
  }
};

/** Lives through three months in a few seconds, with the real services and a clock of its own. */
export const fill = async (options: FillOptions): Promise<SignIns> => {
  const config = configOf(options);
  const days = daysUntil(options.end);
  const stage = setUpStage(config, at(days.work[0] as string, '08:00'), days.end);
  const running = await startAllInOne({
    config,
    log: options.log,
    onInitialAdmin: () => undefined,
    onDatabaseFailure: (error) => {
      throw error;
    },
    stage,
  });
  try {
    const { clock, turnTo, tokenFor, privateKey } = stage;
    const now = (): Date => clock.now();
    const personOf: World['personOf'] = (identity) => createPerson({ url: () => `http://127.0.0.1:${running.port}`, privateKey }, identity);
    const stranger = personOf({ id: '00000000-0000-4000-8000-000000000000', role: 'SUPER_ADMIN', name: OWNER.name, email: OWNER.email });
    const [made] = await stranger.get<readonly { readonly id: string }[]>('/users');
    const owner = personOf({ id: made?.id ?? '', role: 'SUPER_ADMIN', name: OWNER.name, email: OWNER.email });
    const pass: Bare['pass'] = (minutes) => turnTo(new Date(now().getTime() + minutes * 60_000));
    const bare: Bare = { days, dice: createDice(SEED), now, personOf, settle: running.settle, owner, tokenFor, pass };
    const staff = await hireStaff(bare);
    const desk = staff.get('desk1') as Person;
    const { parts, vehicles } = await stockUp(bare, desk);
    const clients = await welcomeClients(bare, desk);
    await running.settle();
    const world: World = { ...bare, staff, clients, parts, vehicles };
    const stories = [upkeepStory(world, running.services), ...specialStories(world), ...storiesOf(world)];
    await play({ stories, until: days.end, turnTo, settle: running.settle });
    return [...staff.values(), ...clients.flatMap(({ portal, colleague }) => [portal, colleague].filter((person) => person !== undefined))];
  } finally {
    await running.stop();
    await keepOnDisk(join(config.DATA_DIR, 'mongo'));
  }
};
