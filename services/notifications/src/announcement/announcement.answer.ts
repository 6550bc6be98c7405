import { ROLES } from '@riparo/shared/contracts/roles';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { CHANNELS } from '../notification/notification.js';
import { renderedMessageAnswer } from '../template/template.answer.js';
import { LOCALES } from '../template/template.js';
import { ANNOUNCEMENT_STATUSES, AUDIENCES } from './announcement.js';
import { ANNOUNCEMENT_RESULTS } from './announcement-results.js';
import { LEFT_OUT_REASONS, MOST_COUNTED } from './reach.js';

const filter = fields({
  customerIds: listOf(id()).optional(),
  userIds: listOf(id()).optional(),
  cities: listOf(text()).optional(),
  locales: listOf(oneOf(LOCALES)).optional(),
  roles: listOf(oneOf(ROLES)).optional(),
});

const announcementFields = {
  id: id(),
  version: version(),
  audience: oneOf(AUDIENCES),
  filter: filter.optional(),
  subject: text(),
  channels: listOf(oneOf(CHANNELS)),
  sendAt: moment(),
  status: oneOf(ANNOUNCEMENT_STATUSES).description(
    'SENDING: the audience is gone through. SENT: everybody in it has a notification, and what became of each is among the recipients.',
  ),
  createdByUserId: id(),
  startedAt: moment().optional(),
  sentAt: moment().optional(),
  cancelledAt: moment().optional(),
  createdAt: moment(),
  updatedAt: moment(),
};

export const announcementSummaryAnswer = view('AnnouncementSummary', 'An announcement without its text.', announcementFields);

export const announcementAnswer = view('Announcement', 'A message of the centre to many people at once.', {
  ...announcementFields,
  body: text(),
});

const counts = <T extends string>(names: readonly T[]) => fields(Object.fromEntries(names.map((name) => [name, count()])));

export const announcementDetailsAnswer = view('AnnouncementDetails', 'An announcement and what became of it so far.', {
  ...announcementFields,
  body: text(),
  results: counts(ANNOUNCEMENT_RESULTS).description('How many notifications came to which result; one for each person and channel.'),
});

export const announcementPreviewAnswer = view('AnnouncementPreview', 'Whom an announcement would reach now, and how it looks.', {
  people: count(),
  isLowerBound: flag().description(`There are more: counting ends at some ${MOST_COUNTED} people.`),
  channels: listOf(
    fields({
      channel: oneOf(CHANNELS),
      reached: count(),
      leftOut: counts(LEFT_OUT_REASONS).description(
        'NO_ADDRESS: no address, phone number or inbox. SWITCHED_OFF: the person wants no announcements there. ADDRESS_FAILED: mails came back from there.',
      ),
    }),
  ),
  mail: renderedMessageAnswer
    .optional()
    .description('As you would get it; the last line and the footer are in the language of each reader.'),
  textMessage: text().optional().description('At most three segments: a longer text is cut.'),
});

export const announcementRecipientAnswer = view('AnnouncementRecipient', 'What became of an announcement for one person on one channel.', {
  notificationId: id(),
  channel: oneOf(CHANNELS),
  userId: id().optional(),
  customerId: id().optional().description('Of a customer without an account.'),
  name: text().optional(),
  address: text().optional().description('Where it went, or was to go.'),
  result: oneOf(ANNOUNCEMENT_RESULTS).description('LEFT_OUT: nothing was sent, and the reason says why.'),
  reason: text().optional(),
  sentAt: moment().optional(),
  collectedIn: id().optional().description('The notification whose mail brings this one, after quiet hours or in a digest.'),
});
