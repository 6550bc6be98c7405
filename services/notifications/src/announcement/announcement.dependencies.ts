import type { Job } from '@riparo/shared/composition/jobs';
import type { Platform } from '@riparo/shared/composition/platform';
import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import type { FailedAddresses } from '../failed-address/failed-address.repository.js';
import type { PreferenceEntity } from '../preference/preference.js';
import type { Replicas } from '../replica/replicas.js';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Channel, Notification } from '../notification/notification.js';
import type { StoppedNumbers } from '../sms/stopped-numbers.js';
import { createAnnouncementPermits } from './announcement-permits.js';
import { createAnnouncements, createDueAnnouncements } from './announcement.repository.js';
import { createNextReaders } from './audience.js';
import { createReach } from './reach.js';
import { createSpreadAnnouncements } from './spread-announcements.js';

interface Below extends Pick<Replicas, 'users' | 'customers' | 'settings'> {
  readonly notifications: Repository<Notification>;
  readonly preferences: Repository<PreferenceEntity>;
  readonly failedAddresses: FailedAddresses;
  readonly stoppedNumbers: StoppedNumbers;
  readonly defaultLocale: string;
  readonly wake: (channel: Channel) => void;
}

const SPREAD_JOB = 'send-announcements';
const LEASE_MS = 30_000;

/** What announcements need. */
export const createAnnouncementDependencies = (platform: Platform, below: Below) => {
  const { clock, log, lease } = platform;
  const announcements = createAnnouncements(platform);
  const dueAnnouncements = createDueAnnouncements(platform);
  const nextReaders = createNextReaders(below);
  const spread = createSpreadAnnouncements({
    ...{ ...below, announcements, dueAnnouncements, nextReaders, clock, log },
    isStopping: () => worker.isStopping(),
  });
  const worker = createBackgroundWorker({
    work: async () => {
      // Whoever holds the lease takes all that is due; what comes too late for that run is found by the job.
      await lease.hold(SPREAD_JOB, LEASE_MS, spread);
    },
    onError: (error) => log.warn({ err: error }, 'announcements wait and are sent later'),
  });
  const job: Job = { name: SPREAD_JOB, cron: '*/10 * * * * *', run: spread };
  return {
    announcements,
    announcementPermits: createAnnouncementPermits(clock),
    reachOf: createReach({ ...below, nextReaders }),
    announcementWorker: worker,
    /** Something may be due now. */
    wakeAnnouncements: () => worker.wake(),
    announcementJobs: [job],
    announcementStores: [announcements, dueAnnouncements],
  };
};
