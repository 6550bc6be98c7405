import type { Announcement } from './announcement.js';

/** In lists: without the text. */
export const announcementSummary = (state: Announcement) => ({
  id: state.id,
  version: state.version,
  audience: state.audience,
  filter: state.filter,
  subject: state.subject,
  channels: state.channels,
  sendAt: state.sendAt,
  status: state.status,
  createdByUserId: state.createdByUserId,
  startedAt: state.startedAt,
  sentAt: state.sentAt,
  cancelledAt: state.cancelledAt,
  createdAt: state.createdAt,
  updatedAt: state.updatedAt,
});

export const announcementView = (state: Announcement) => ({ ...announcementSummary(state), body: state.body });
