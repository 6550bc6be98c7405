import { action, create, get, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { ANNOUNCEMENT_OPERATIONS } from './announcement.reference.js';
import { announcementSchema } from './announcement.schema.js';
import { cancelAnnouncement } from './cancel-announcement.js';
import { createAnnouncement } from './create-announcement.js';
import { listAnnouncementRecipients, listAnnouncementRecipientsQuery } from './list-recipients.js';
import { previewAnnouncement } from './preview-announcement.js';
import { getAnnouncement, listAnnouncements, listAnnouncementsQuery } from './read-announcements.js';

const MAY = 'manage:announcements';

export const announcementRoutes = (deps: Dependencies): readonly Route[] => [
  create(
    '/announcements',
    MAY,
    'Writes to customers, technicians or everybody, now or at a given time.',
    { body: announcementSchema },
    createAnnouncement(deps),
    ANNOUNCEMENT_OPERATIONS.createAnnouncement,
  ),
  action(
    '/announcements/preview',
    MAY,
    'Counts whom an announcement would reach, and shows how it looks; nothing is sent.',
    { body: announcementSchema },
    previewAnnouncement(deps),
    ANNOUNCEMENT_OPERATIONS.previewAnnouncement,
  ),
  get(
    '/announcements',
    MAY,
    'Lists announcements, newest first.',
    { query: listAnnouncementsQuery },
    listAnnouncements(deps),
    ANNOUNCEMENT_OPERATIONS.listAnnouncements,
  ),
  get(
    '/announcements/:id',
    MAY,
    'Shows an announcement and how many were reached.',
    {},
    getAnnouncement(deps),
    ANNOUNCEMENT_OPERATIONS.getAnnouncement,
  ),
  get(
    '/announcements/:id/recipients',
    MAY,
    'Lists what became of an announcement for each person and channel.',
    { query: listAnnouncementRecipientsQuery },
    listAnnouncementRecipients(deps),
    ANNOUNCEMENT_OPERATIONS.listAnnouncementRecipients,
  ),
  action(
    '/announcements/:id/cancel',
    MAY,
    'Cancels an announcement that waits for its time.',
    {},
    cancelAnnouncement(deps),
    ANNOUNCEMENT_OPERATIONS.cancelAnnouncement,
  ),
];
