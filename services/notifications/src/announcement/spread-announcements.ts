import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Draft, Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import { raise, targetKey, type Channel, type Notification } from '../notification/notification.js';
import { insertOnce } from '../notification/notification.repository.js';
import { begin, goOn, type Announcement } from './announcement.js';
import type { Announcements } from './announcement.repository.js';
import type { NextReaders, Reader } from './audience.js';
import { wayToReader } from './way-to-reader.js';

export interface SpreadDeps {
  readonly announcements: Announcements;
  readonly dueAnnouncements: AcrossTenants;
  readonly notifications: Repository<Notification>;
  readonly nextReaders: NextReaders;
  readonly wake: (channel: Channel) => void;
  readonly clock: Clock;
  readonly log: Logger;
  /** The process ends: the next run goes on. */
  readonly isStopping: () => boolean;
}

/** Whom nobody can reach is written down as left out, and never tried. */
const leftOut = (draft: Draft<Notification>, reason: string): Draft<Notification> => ({
  ...draft,
  status: 'CANCELLED',
  nextAttemptAt: undefined,
  lastError: reason,
  recipients: draft.recipients.map((recipient) => ({ ...recipient, status: 'SKIPPED', lastError: reason })),
});

/**
 * The notification that brings an announcement to one reader on one channel. Its key and its id follow from announcement,
 * channel and reader, or address where there is no account: made again after a crash, it is there already.
 */
const notificationFor = (announcement: Announcement, channel: Channel, reader: Reader, at: Date): Draft<Notification> => {
  const { id, subject, body, sendAt, createdByUserId } = announcement;
  const { userId, customerId = '' } = reader;
  const way = wayToReader(reader, channel);
  const nobody = { kind: 'customer', customerId } as const;
  const target = 'target' in way ? way.target : userId === undefined ? nobody : { kind: 'user' as const, userId };
  const dedupeKey = `announcement:${id}:${channel}:${targetKey(target)}`;
  const draft = raise({
    id: seededIds(dedupeKey, sendAt).next(),
    channel,
    category: 'ANNOUNCEMENTS',
    content: { kind: 'plain', subject, body },
    targets: [target],
    at,
    dedupeKey,
    raisedByUserId: createdByUserId,
    announcement: { id, ...(userId === undefined ? { customerId } : { userId }) },
  });
  return 'missing' in way ? leftOut(draft, way.missing) : draft;
};

/**
 * Gives everybody in the audience of a due announcement a notification, step by step. How far it has come is written down after
 * each step; a crash repeats one step, whose notifications are then found by their keys.
 */
export const createSpreadAnnouncements = (deps: SpreadDeps): (() => Promise<void>) => {
  const { announcements, dueAnnouncements, notifications, nextReaders, wake, clock, log, isStopping } = deps;

  const spread = async ({ tenantId, id }: Found): Promise<void> => {
    const inTenant = announcements.in(tenantId);
    let state = await inTenant.update(id, (current) => ({ state: begin(current, clock.now()) }));
    while (state?.status === 'SENDING' && state.progress !== undefined && !isStopping()) {
      const [announcement, from]: [Announcement, typeof state.progress] = [state, state.progress];
      const { readers, next } = await nextReaders(tenantId, announcement, from);
      const at = clock.now();
      const drafts = readers.flatMap((reader) =>
        announcement.channels.map((channel) => notificationFor(announcement, channel, reader, at)),
      );
      await Promise.all(drafts.map((draft) => insertOnce(notifications, tenantId, draft)));
      state = await inTenant.update(id, (current) => ({ state: goOn(current, from, next, clock.now()) }));
      if (readers.length > 0) announcement.channels.forEach(wake);
    }
  };

  return () =>
    forEachFound(
      { everywhere: dueAnnouncements, log, failure: 'an announcement waits and is gone on with later' },
      { dueAt: { $lte: clock.now() } },
      spread,
    );
};
