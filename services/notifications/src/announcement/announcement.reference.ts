import { fields, one, pageOf } from '@riparo/shared/http/reference/answer';
import { oneOf } from '@riparo/shared/http/reference/answer-fields';
import type { Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { ANNOUNCEMENT_STATUSES } from './announcement.js';
import {
  announcementAnswer,
  announcementDetailsAnswer,
  announcementPreviewAnswer,
  announcementRecipientAnswer,
  announcementSummaryAnswer,
} from './announcement.answer.js';
import { ANNOUNCEMENT_LIMIT } from './announcement.errors.js';

const ANNOUNCEMENTS: Tag = { name: 'Announcements', about: 'Messages of the centre to many people at once.' };

const NAMED: Problems = { 404: ['CUSTOMER_NOT_FOUND', 'USER_NOT_FOUND'] };

export const ANNOUNCEMENT_OPERATIONS = operations(
  ANNOUNCEMENTS,
  {
    createAnnouncement: { answer: one(announcementAnswer), problems: NAMED, limits: [ANNOUNCEMENT_LIMIT] },
    previewAnnouncement: { answer: one(announcementPreviewAnswer), problems: NAMED, limits: [ANNOUNCEMENT_LIMIT], unversioned: true },
    listAnnouncements: { answer: pageOf(announcementSummaryAnswer) },
    getAnnouncement: { answer: one(announcementDetailsAnswer) },
    listAnnouncementRecipients: { answer: pageOf(announcementRecipientAnswer) },
    cancelAnnouncement: { answer: one(announcementAnswer), problems: { 409: ['ANNOUNCEMENT_NOT_CANCELLABLE'], 412: ['STALE_VERSION'] } },
  },
  { ANNOUNCEMENT_NOT_CANCELLABLE: fields({ currentStatus: oneOf(ANNOUNCEMENT_STATUSES) }) },
);
