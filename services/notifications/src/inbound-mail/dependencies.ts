import type { Job } from '@riparo/shared/composition/jobs';
import type { Platform } from '@riparo/shared/composition/platform';
import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import type { UploadingClient } from '@riparo/shared/http/internal-client';
import type { Repository } from '@riparo/shared/persistence/repository';
import { domainOf } from '../channel/compose-mail.js';
import type { NotificationsConfig } from '../config.js';
import type { AddressHealth } from '../failed-address/failed-address.repository.js';
import type { Notification } from '../notification/notification.js';
import type { Replicas } from '../replica/replicas.js';
import { createDueMails, createInboundMails, createRawMails } from './inbound-mail.repository.js';
import { createImapDoor, type ImapDoor } from './imap-door.js';
import { createKeepMail, createSweepRawMails } from './keep-mail.js';
import { createProcessMail } from './process-mail.js';
import { mailDoor } from './receive-mail.js';
import { createReplyAddresses } from './reply-address.js';
import { createTakeBounce } from './take-bounce.js';

interface Below {
  readonly users: Replicas['users'];
  readonly notifications: Repository<Notification>;
  readonly tickets: UploadingClient;
  readonly addressHealth: AddressHealth;
}

const READ_JOB = 'read-inbound-mail';
const LEASE_MS = 30_000;

const ADDRESS = /[^\s<>]+@[^\s<>]+/;

const mailboxOf = (config: NotificationsConfig, deps: Parameters<typeof createImapDoor>[1]): ImapDoor | undefined => {
  const { IMAP_HOST: host, IMAP_PORT: port, IMAP_TLS: secure, IMAP_USER: user, IMAP_PASSWORD: password = '' } = config;
  if (host === undefined) return undefined;
  const { IMAP_MAILBOX: mailbox, IMAP_POLL_SECONDS: seconds } = config;
  return createImapDoor({ host, port, secure, user, password, mailbox, pollMs: seconds * 1_000 }, deps);
};

/** What mail that comes in needs. */
export const createInboundMailDependencies = (platform: Platform, config: NotificationsConfig, below: Below) => {
  const { clock, ids, log, links, lease } = platform;
  const { MAIL_FROM: from, INBOUND_MAIL_ADDRESS: inbox, INBOUND_MAIL_TOKEN: token } = config;
  const stores = { inboundMails: createInboundMails(platform), rawMails: createRawMails(platform), dueMails: createDueMails(platform) };
  const own = { domain: domainOf(from), addresses: [ADDRESS.exec(from)?.[0] ?? '', inbox ?? ''].map((each) => each.toLowerCase()) };
  const replyAddresses = createReplyAddresses(links, inbox);
  const keeping = { ...stores, ids, clock };
  const shared = { ...below, ...stores, own, replyAddresses, clock, log };
  const processMails = createProcessMail({ ...shared, takeBounce: createTakeBounce(shared) });
  const reader = createBackgroundWorker({
    work: async () => {
      // Whoever holds the lease goes through all that is due; what comes too late for that run is found by the job.
      await lease.hold(READ_JOB, LEASE_MS, processMails);
    },
    onError: (error) => log.warn({ err: error }, 'mails wait and are gone through later'),
  });
  const keepMail = createKeepMail(keeping);
  const jobs: readonly Job[] = [
    { name: READ_JOB, cron: '*/10 * * * * *', run: processMails },
    { name: 'sweep-raw-mails', cron: '25 */10 * * * *', run: createSweepRawMails(keeping) },
  ];
  const wakeMails = (): void => {
    reader.wake();
  };
  return {
    ...shared,
    keepMail,
    mailbox: mailboxOf(config, { keepMail, wakeMails, lease, log }),
    mailDoor: mailDoor(token),
    wakeMails,
    mailReader: reader,
    inboundMailJobs: jobs,
    inboundMailStores: Object.values(stores),
  };
};

export type InboundMailDeps = Omit<ReturnType<typeof createInboundMailDependencies>, 'inboundMailStores'>;
