import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../backup/fault.js';
import { DATABASE } from '../backup/manifest.js';
import { fail, ok, warn, type Finding } from './finding.js';
import { observe, type DeviceKeys, type Observed } from './observe.js';

/** Ms. Writes of other machines' clocks may be a little ahead. */
const AHEAD_MS = 2 * 60_000;
/** Ms. What waits longer in an outbox is stuck. */
const STUCK_MS = 5 * 60_000;

const checkSoundness = ({ report }: Observed): Finding => {
  const counted = `${report.documents} documents in ${report.collections} collections, ${report.indexEntries} index entries`;
  if (report.faults.length === 0) return ok(`the database is sound: ${counted}`);
  return fail(
    `the database has ${report.faults.length} fault(s): ${report.faults.slice(0, 3).join('; ')}`,
    'stop Riparo and restore the last backup into a new directory; keep the damaged one',
  );
};

const checkClock = ({ newest }: Observed, now: Date): Finding => {
  if (newest === undefined || newest.getTime() <= now.getTime() + AHEAD_MS)
    return ok(`the clock says ${now.toISOString()}, after everything that was written`);
  return fail(
    `the clock says ${now.toISOString()}, but something was written at ${newest.toISOString()}`,
    'the clock went back, or was ahead then: set it by NTP. Until then order and due times of what is new are wrong',
  );
};

const checkEvents = ({ parked, outbox }: Observed, now: Date): readonly Finding[] => {
  const all = [...parked].map(([queue, count]) => `${count} of ${queue}`);
  const stuck = outbox.oldest !== undefined && now.getTime() - outbox.oldest.getTime() > STUCK_MS;
  return [
    all.length === 0 ? ok('no event is parked') : warn(`events are parked: ${all.join(', ')}`, 'npm run parked tells which and why'),
    stuck
      ? warn(
          `${outbox.waiting} event(s) wait to be published, the oldest since ${outbox.oldest.toISOString()}`,
          'start Riparo; if it runs, see its log and the broker',
        )
      : ok(`${outbox.waiting} event(s) wait to be published`),
  ];
};

const checkKeys = ({ signingKeys, devicePasswords }: Observed): readonly Finding[] => [
  signingKeys.broken === 0
    ? ok(`${signingKeys.sound} signing key(s) of access tokens can be used`)
    : fail(
        `${signingKeys.broken} signing key(s) cannot be used`,
        'restore the last backup, or set JWT_PRIVATE_KEY; everybody then signs in again',
      ),
  devicePasswords.readable === devicePasswords.sealed
    ? ok(`${devicePasswords.sealed} device password(s) can be read`)
    : fail(
        `${devicePasswords.sealed - devicePasswords.readable} of ${devicePasswords.sealed} device password(s) cannot be read with the key that is there`,
        'put the former key into DEVICE_PASSWORD_OLD_KEYS, or restore device-password-key',
      ),
];

const checkMails = ({ failedNotifications: failed }: Observed): Finding =>
  failed === 0
    ? ok('no notification has failed')
    : warn(`${failed} notification(s) could not be delivered`, 'GET /api/v1/notifications?status=FAILED as ADMIN shows why');

export interface DatabaseAsk {
  readonly dataDir: string;
  readonly now: Date;
  readonly keys: DeviceKeys | undefined;
}

/** Looks at every document and index entry, served or not, and at what they tell. */
export const checkDatabase = async ({ dataDir, now, keys }: DatabaseAsk): Promise<readonly Finding[]> => {
  if (!existsSync(join(dataDir, DATABASE))) return [ok('there is no database yet: the first start makes it')];
  let seen: Observed;
  try {
    seen = await observe(dataDir, keys);
  } catch (error) {
    return [
      fail(`the database cannot be read: ${sentenceOf(error)}`, 'restore the last backup into a new directory; keep the damaged one'),
    ];
  }
  return [checkSoundness(seen), checkClock(seen, now), ...checkKeys(seen), ...checkEvents(seen, now), checkMails(seen)];
};
