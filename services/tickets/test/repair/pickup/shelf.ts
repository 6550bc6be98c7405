import { createTenantRules } from '../../../src/kernel/tenant-rules.js';
import { createTermsOf } from '../../../src/kernel/centre-terms.js';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { lookAfterPickups } from '../../../src/repair/pickup/look-after-pickups.js';
import { createRepairs } from '../../../src/repair/repair.repository.js';
import { createReplicas } from '../../../src/replica/replicas.js';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { PickupNoticeSettled } from '@riparo/shared/contracts/notifications.events';
import { randomUUID } from 'node:crypto';
import { buildSettings, startBench, ticketsConfig, type Bench, type Person } from '../../bench.js';
import { startDesk, type Desk } from '../life.js';

/** The service's own jobs sleep: tests look by hand. */
const NEVER = '0 0 0 1 1 *';

export const TERMS = { daysToCollect: 30, noticeDays: [7, 30, 60], storageFeePerDay: 103, storageFeeCap: 1_000, daysAfterLastNotice: 14 };

export interface Shelf {
  readonly bench: Bench;
  readonly desk: Desk;
  readonly admin: Person;
  readonly other: Person;
  /** The centre changes its settings. */
  change(terms: object, locale?: string): Promise<void>;
  /** Looks after all devices that wait, as the job does. */
  look(): Promise<void>;
  /** Turns the clock to 12:00 of that day in Rome, and looks. */
  on(day: string): Promise<void>;
  /** Notifications tells that the mail of this notice was handed over now. */
  mailed(id: string, notice: number): Promise<void>;
  /** A repair that has been ready since now. */
  ready(): Promise<string>;
}

/** A desk with devices that nobody collects; it is 2 March 2026. */
export const startShelf = async (terms: object = {}): Promise<Shelf> => {
  const bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TICKET_CLOCK_CRON: NEVER } });
  await bench.settings({ timeZone: 'Europe/Rome', pickupTerms: { ...TERMS, ...terms } });
  const desk = await startDesk(bench);
  const { platform, clock } = bench.test;
  const replicas = createReplicas(platform);
  const look = lookAfterPickups({
    ...platform,
    repairs: createRepairs(platform),
    waiting: createAcrossTenants(platform, 'repairs'),
    rulesOf: createTenantRules(replicas, ticketsConfig()),
    termsOf: createTermsOf(replicas),
  });
  return {
    bench,
    desk,
    admin: bench.person('ADMIN'),
    other: bench.person('ADMIN'),
    change: (changed, locale = 'en') =>
      bench.test.publish(
        SettingsChanged,
        { settings: buildSettings({ locale, pickupTerms: { ...TERMS, ...changed } }) },
        { subject: randomUUID(), version: 2 },
      ),
    look,
    on: async (day) => {
      clock.set(`${day}T10:30:00Z`);
      await look();
    },
    mailed: (repairId, notice) =>
      bench.test.publish(
        PickupNoticeSettled,
        { repairId, notice, result: 'SENT' as const, at: clock.now().toISOString() },
        { subject: randomUUID(), version: 1 },
      ),
    ready: () => desk.repairIn('READY_FOR_PICKUP'),
  };
};
